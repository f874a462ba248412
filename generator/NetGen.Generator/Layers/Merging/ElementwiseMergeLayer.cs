namespace NetGen.Generator;

/// <summary>A merge that combines its inputs element by element: Add, Subtract, Multiply, Average, Maximum, Minimum.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="most">How many inputs it takes at most.</param>
/// <param name="combine">From the elements the result.</param>
/// <param name="isExtreme">Maximum and Minimum have no neutral element: where an input is masked, the other counts.</param>
internal sealed class ElementwiseMergeLayer(string kind, int most, Func<Expr, Expr, Expr> combine, bool isAverage = false, bool isExtreme = false) : Layer
{
    public override string Kind => kind;

    public override (int Least, int Most) Inputs => (2, most);

    public override IReadOnlyList<string> Arguments => [];

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<Value> inputs = AlignRanks(context);
        context.OutputMask = MergedMask(context);
        if (isExtreme && context.Masks.Any(m => m is not null))
        {
            return this.BuildMasked(context, inputs);
        }

        Expr body = Enumerable.Range(1, inputs.Count - 1).Aggregate(Expr.In(0), (sum, i) => combine(sum, Expr.In(i)));
        return context.Graph.Add(new Map(isAverage ? body * (1.0 / inputs.Count) : body), [.. inputs]);
    }

    /// <summary>Sizes of 1 are put behind the batch until all ranks are equal, as Keras does.</summary>
    private static IReadOnlyList<Value> AlignRanks(LayerContext context)
    {
        int rank = context.Inputs.Max(v => v.Shape.Rank);
        return [.. context.Inputs.Select(v => v.Shape.Rank == rank ? v : context.Graph.Add(
            new Reshape(Shape.Of(v.Shape.Dims.Take(1).Concat(Enumerable.Repeat((Dim)1, rank - v.Shape.Rank)).Concat(v.Shape.Dims.Skip(1)))), v))];
    }

    /// <summary>A step counts where any input counts; without a mask on every input there is none.</summary>
    private static Value? MergedMask(LayerContext context)
    {
        if (context.Masks.Any(m => m is null || m.Shape != context.Masks[0]!.Shape))
        {
            return null;
        }

        Expr any = Enumerable.Range(1, context.Masks.Count - 1).Aggregate(Expr.In(0), (sum, i) => Expr.Call("Max", sum, Expr.In(i)));
        return context.Graph.Add(new Map(any), [.. context.Masks.Select(m => m!)]);
    }

    private Value BuildMasked(LayerContext context, IReadOnlyList<Value> inputs)
    {
        Graph g = context.Graph;
        Expr select = Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2));
        Value output = inputs[0];
        Value? outputMask = Expand(context.Masks[0], output);
        for (int i = 1; i < inputs.Count; i++)
        {
            Value x = inputs[i];
            Value? mask = Expand(context.Masks[i], x);
            x = mask is null ? x : g.Add(new Map(select), mask, x, output);
            output = outputMask is null ? output : g.Add(new Map(select), outputMask, output, x);
            outputMask = mask is null || outputMask is null ? null : g.Add(new Map(Expr.Call("Max", Expr.In(0), Expr.In(1))), outputMask, mask);
            output = g.Add(new Map(combine(Expr.In(0), Expr.In(1))), output, x);
        }

        return output;

        Value? Expand(Value? mask, Value x) => mask is null ? null
            : mask.Shape.Rank == x.Shape.Rank ? mask
            : g.Add(new Reshape(mask.Shape + Shape.Of(Enumerable.Repeat((Dim)1, x.Shape.Rank - mask.Shape.Rank))), mask);
    }
}
