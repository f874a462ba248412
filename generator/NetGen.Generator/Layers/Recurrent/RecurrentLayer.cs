namespace NetGen.Generator;

/// <summary>A recurrent layer: its cell says what one step is; this has the directions and what recurrent layers share.</summary>
/// <param name="style">Whether its arguments are Keras's or ONNX's.</param>
internal abstract class RecurrentLayer(RecurrentStyle style) : Layer
{
    public sealed override string Kind => style.Prefix + this.CellName;

    public sealed override IReadOnlyList<string> Arguments => [.. style.Arguments, .. this.CellArguments];

    protected RecurrentStyle Style => style;

    /// <summary>The cell's name in either vocabulary.</summary>
    protected abstract string CellName { get; }

    /// <summary>The arguments of this kind alone.</summary>
    protected abstract IReadOnlyList<string> CellArguments { get; }

    /// <summary>The functions that a step applies.</summary>
    protected abstract IReadOnlyList<CellFunction> Functions { get; }

    /// <summary>The states' names, of which the first is the output of a step.</summary>
    protected abstract IReadOnlyList<string> States { get; }

    /// <summary>What its steps are made of.</summary>
    protected virtual CellSpace Space(LayerContext context) => new VectorSpace(context);

    /// <summary>One step: the states behind it.</summary>
    protected abstract IReadOnlyList<Value> Step(LayerContext context, Recurrence r);

    public sealed override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        CellSpace space = this.Space(context);
        if (context.Masks[0] is { } mask && mask.Shape != x.Slice(0, 2))
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes a mask of {x.Slice(0, 2)}, not {mask.Shape}.");
        }

        bool isSequence = context.Boolean("ReturnSequences", false);
        context.Integer("GradientCheckpoint", 2, least: 2, most: int.MaxValue);
        int count = this.States.Count;
        if (context.Boolean("Stateful", false))
        {
            CheckStateful(context);
        }

        RecurrentOptions options = style.Read(context, this.Functions);
        if (context.Has(TapeWords.ActivityRegularizer) && options.Merge is "Sum" or "Mul" or "Ave")
        {
            throw context.Fail("NG0012", TapeWords.ActivityRegularizer, $"ActivityRegularizer of {context.Place} is about what each direction gives, as in Keras: it goes with Merge.Concat or Merge.None, where that is seen.");
        }

        Graph g = context.Graph;
        context.OutputMask = isSequence ? context.Masks[0] : null;
        if (options.Merge is null)
        {
            IReadOnlyList<Value>? initial = Recurrence.InitialStates(context, count, space);
            return this.Run(context, "", space, options, initial);
        }

        IReadOnlyList<Value>? both = Recurrence.InitialStates(context, 2 * count, space);
        Value forward = this.Run(context, Recurrence.Forward, space, options, both?.Take(count).ToList());
        Value backward = this.Run(context, Recurrence.Backward, space, options with { IsReverse = !options.IsReverse }, both?.Skip(count).ToList());
        switch (options.Merge)
        {
            case "Concat":
                return g.Add(new Concat(forward.Shape.Rank - 1), forward, backward);
            case "Sum":
                return g.Add(new Map(Expr.In(0) + Expr.In(1)), forward, backward);
            case "Mul":
                return g.Add(new Map(Expr.In(0) * Expr.In(1)), forward, backward);
            case "Ave":
                return g.Add(new Map((Expr.In(0) + Expr.In(1)) * 0.5), forward, backward);
            default:
                context.Tap("backward", backward, context.OutputMask);
                return forward;
        }
    }

    private static void CheckStateful(LayerContext context)
    {
        if (context.Has("InitialState"))
        {
            throw context.Fail("NG0012", "Stateful", $"Stateful = true of {context.Place} starts where the batch before ended, and InitialState elsewhere: one of them can be given.");
        }

        if (context.X.Shape[0] != Dim.Batch)
        {
            throw context.Fail("NG0012", "Stateful", $"Stateful = true of {context.Place} needs samples that follow each other from batch to batch; under TimeDistributed its samples are the steps of others.");
        }
    }

    private Value Run(LayerContext context, string direction, CellSpace space, RecurrentOptions options, IReadOnlyList<Value>? initial)
    {
        Recurrence recurrence = new(context, direction, space, options, this.States, initial);
        return recurrence.Finish(this.Step(context, recurrence));
    }
}
