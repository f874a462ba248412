namespace NetGen.Generator;

/// <summary>What recurrent layers share: initial states, masks, direction, dropout, and which outputs go on. The first state is the output of a step.</summary>
internal sealed class Recurrence
{
    private readonly LayerContext context;
    private readonly ScanBody body;
    private readonly List<Value> states;
    private readonly List<Value> initial;
    private readonly List<Value> sequences;
    private readonly List<Value> constants = [];

    /// <param name="context">The layer.</param>
    /// <param name="body">The body with its states and its first sequence.</param>
    /// <param name="states">The body's states.</param>
    /// <param name="sequence">The first sequence, outside.</param>
    /// <param name="shape">The shape of each state.</param>
    public Recurrence(LayerContext context, ScanBody body, IReadOnlyList<Value> states, Value sequence, Shape shape)
    {
        this.context = context;
        this.body = body;
        this.states = [.. states];
        this.sequences = [sequence];
        this.initial = this.InitialStates(shape);
    }

    /// <summary>A value that is the same in every step.</summary>
    public Value Constant(string name, Value outside)
    {
        this.constants.Add(outside);
        return this.body.AddConstant(name, outside.Shape);
    }

    /// <summary>Dropout whose mask is the same in every step, as Keras has it: of the input.</summary>
    public static Value DropOut(LayerContext context, Value value, string argument, Shape noise)
    {
        Value? mask = Noise(context, argument, noise);
        return mask is null ? value : context.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), value, mask);
    }

    /// <summary>Dropout whose mask is the same in every step: of a state, within the body.</summary>
    public Value DropRecurrent(Value state, string argument)
    {
        Value? mask = Noise(this.context, argument, state.Shape);
        return mask is null ? state : this.body.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), state, this.Constant("kept", mask));
    }

    /// <summary>Closes the loop and gives the layer's output.</summary>
    /// <param name="next">The states behind a step whose mask is 1.</param>
    /// <param name="names">The taps of the final states.</param>
    public Value Finish(IReadOnlyList<Value> next, IReadOnlyList<string> names)
    {
        Graph inner = this.body.Graph;
        bool isReverse = this.context.Boolean("GoBackwards", false);
        bool isZeroed = this.context.Boolean("ZeroOutputForMask", false);
        Value output = next[0];
        if (this.context.Masks[0] is { } mask)
        {
            this.CheckMask(mask);
            this.sequences.Add(mask);
            Value step = this.body.AddSequence("mask", mask.Shape.Slice(0, 1));
            Value counts = inner.Add(new Reshape(Shape.Of(step.Shape[0], 1)), step);
            Expr select = Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2));
            next = [.. next.Select((n, i) => inner.Add(new Map(select), counts, n, this.states[i]))];
            if (isZeroed)
            {
                output = inner.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 0)), counts, output);
            }
            else if (!this.context.Has("InitialState"))
            {
                // From zeros on, the last output is the state.
                output = next[0];
            }
            else
            {
                // Before the first step that counts, the output is 0 and not the initial state.
                Value last = this.body.AddState("output", output.Shape);
                this.initial.Add(this.context.Graph.Add(new Map((Expr)0, output.Shape)));
                output = inner.Add(new Map(select), counts, output, last);
                next = [.. next, output];
            }
        }

        this.body.Next.AddRange(next);
        this.body.Outputs.Add(output);
        if (this.context.Training)
        {
            ScanGradient.Keep(this.body);
        }

        Graph g = this.context.Graph;
        Node node = g.AddNode(new Scan(this.body, isReverse), [.. this.initial, .. this.sequences, .. this.constants]);
        if (this.context.Boolean("ReturnState", false))
        {
            for (int i = 0; i < names.Count; i++)
            {
                this.context.Tap(names[i], node.Outputs[i]);
            }
        }

        Value sequence = node.Outputs[next.Count];
        if (this.context.Boolean("ReturnSequences", false))
        {
            // Keras gives the outputs in the order of their making.
            this.context.OutputMask = this.context.Masks[0];
            return isReverse ? g.Add(new Reverse(1), sequence) : sequence;
        }

        this.context.OutputMask = null;
        int last0 = next.Count > names.Count ? next.Count - 1 : 0;
        return isZeroed && this.context.Masks[0] is not null ? this.LastStep(sequence, isReverse) : node.Outputs[last0];
    }

    private Value LastStep(Value sequence, bool isReverse)
    {
        Graph g = this.context.Graph;
        Shape shape = sequence.Shape;
        Value ordered = isReverse ? sequence : g.Add(new Reverse(1), sequence);
        return g.Add(new Reshape(Shape.Of(shape[0], shape[2])), g.Add(new Slice(1, 0, 1), ordered));
    }

    private static Value? Noise(LayerContext context, string argument, Shape shape)
    {
        double rate = context.Number(argument, 0, least: 0, most: 1);
        if (!context.Training || rate == 0)
        {
            return null;
        }

        Expr keep = rate == 1 ? 0 : Expr.Call("Where", Expr.Call("GreaterOrEqual", new UniformExpr(context.NextRandomStream()), rate), 1 / (1 - rate), 0);
        return context.Graph.Add(new Map(keep, shape));
    }

    private List<Value> InitialStates(Shape shape)
    {
        Graph g = this.context.Graph;
        if (!this.context.Has("InitialState"))
        {
            return [.. this.states.Select(_ => g.Add(new Map((Expr)0, shape)))];
        }

        IReadOnlyList<Tap> taps = this.context.Taps("InitialState");
        List<Value> values = taps.Count == 1 && taps[0].Extra.Count > 0 ? [.. taps[0].Extra.Values] : [.. taps.Select(t => t.Value!)];
        if (values.Count != this.states.Count || values.Any(v => v.Shape != shape))
        {
            throw this.context.Fail(
                "NG0011",
                "InitialState",
                $"InitialState of {this.context.Place} must be {this.states.Count} outputs of shape {shape}, or a layer with ReturnState = true that has them; found {string.Join(", ", values.Select(v => v.Shape))}.");
        }

        return values;
    }

    private void CheckMask(Value mask)
    {
        Shape x = this.context.X.Shape;
        if (mask.Shape != x.Slice(0, 2))
        {
            throw this.context.Fail("NG0011", null, $"{this.context.Place} takes a mask of {x.Slice(0, 2)}, not {mask.Shape}.");
        }
    }
}
