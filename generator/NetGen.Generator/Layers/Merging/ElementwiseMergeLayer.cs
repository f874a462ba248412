namespace NetGen.Generator;

/// <summary>A merge that combines its inputs element by element: Add, Subtract, Multiply, Average, Maximum, Minimum.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="most">How many inputs it takes at most.</param>
/// <param name="combine">From the elements the result.</param>
/// <param name="isAverage">Whether the result is divided by the number of inputs.</param>
/// <param name="masking">How masked steps count: as they are (0 behind a Masking), as the other input (Maximum, Minimum), or as 1 (Multiply).</param>
internal sealed class ElementwiseMergeLayer(string kind, int most, Func<Expr, Expr, Expr> combine, bool isAverage = false, MergeMasking masking = MergeMasking.AsIs) : Layer
{
    public override string Kind => kind;

    public override (int Least, int Most) Inputs => (2, most);

    public override IReadOnlyList<string> Arguments => [];

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<Value> inputs = Batch.Align(context);
        context.OutputMask = MergedMask(context);
        if (masking != MergeMasking.AsIs && context.Masks.Any(m => m is not null))
        {
            return masking == MergeMasking.AsOther ? this.BuildMasked(context, inputs) : this.BuildNeutral(context, inputs);
        }

        Expr body = Enumerable.Range(1, inputs.Count - 1).Aggregate(Expr.In(0), (sum, i) => combine(sum, Expr.In(i)));
        return context.Graph.Add(new Map(isAverage ? body * (1.0 / inputs.Count) : body), [.. inputs]);
    }

    /// <summary>A step counts where any input counts; without a mask on every input with a batch there is none.</summary>
    public static Value? MergedMask(LayerContext context)
    {
        Value?[] masks = [.. context.Masks.Where((_, i) => Batch.IsIn(context.Inputs[i])).Distinct()];
        if (masks.Length == 0 || masks.Any(m => m is null || m.Shape != masks[0]!.Shape))
        {
            return null;
        }

        Expr any = Enumerable.Range(1, masks.Length - 1).Aggregate(Expr.In(0), (sum, i) => Expr.Call("Max", sum, Expr.In(i)));
        return masks.Length == 1 ? masks[0] : context.Graph.Add(new Map(any), [.. masks.Select(m => m!)]);
    }

    /// <summary>Masked elements are 1; where every input is masked, the result is 0.</summary>
    private Value BuildNeutral(LayerContext context, IReadOnlyList<Value> inputs)
    {
        Graph g = context.Graph;
        Value product = inputs.Select((x, i) => Expand(g, context.Masks[i], x) is { } mask ? g.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 1)), mask, x) : x)
            .Aggregate((a, b) => g.Add(new Map(combine(Expr.In(0), Expr.In(1))), a, b));
        return context.OutputMask is null ? product
            : g.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 0)), Expand(g, context.OutputMask, product)!, product);
    }

    /// <summary>Where an input is masked, the other counts.</summary>
    private Value BuildMasked(LayerContext context, IReadOnlyList<Value> inputs)
    {
        Graph g = context.Graph;
        Expr select = Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2));
        Value output = inputs[0];
        Value? outputMask = Expand(g, context.Masks[0], output);
        for (int i = 1; i < inputs.Count; i++)
        {
            Value x = inputs[i];
            Value? mask = Expand(g, context.Masks[i], x);
            x = mask is null ? x : g.Add(new Map(select), mask, x, output);
            output = outputMask is null ? output : g.Add(new Map(select), outputMask, output, x);
            outputMask = mask is null || outputMask is null ? null : g.Add(new Map(Expr.Call("Max", Expr.In(0), Expr.In(1))), outputMask, mask);
            output = g.Add(new Map(combine(Expr.In(0), Expr.In(1))), output, x);
        }

        return output;
    }

    private static Value? Expand(Graph graph, Value? mask, Value x) => mask is null ? null
        : mask.Shape.Rank == x.Shape.Rank ? mask
        : graph.Add(new Reshape(mask.Shape + Shape.Of(Enumerable.Repeat((Dim)1, x.Shape.Rank - mask.Shape.Rank))), mask);
}

/// <summary>How a merge counts the masked steps of an input.</summary>
internal enum MergeMasking
{
    AsIs,
    AsOther,
    AsOne,
}
