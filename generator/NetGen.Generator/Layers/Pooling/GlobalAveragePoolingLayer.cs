namespace NetGen.Generator;

/// <summary>Y = the mean of each channel over all axes of space; over time, of the steps that the mask counts.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class GlobalAveragePoolingLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["DataFormat", "Keepdims"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        int first = DataFormat.FirstAxis(context);
        EquatableArray<int> axes = Enumerable.Range(first, rank).ToEquatableArray();
        bool keepDims = context.Boolean("Keepdims", false);
        if (rank > 1 || context.Masks[0] is not { } mask)
        {
            return Reductions.Mean(g, context.X, axes, keepDims);
        }

        if (mask.Shape != Shape.Of(x[0], x[first]))
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes a mask of the batch and the steps of its input; they are {mask.Shape} and {x}.");
        }

        Value weight = g.Add(new Reshape(Shape.Of(x[0], first == 1 ? x[1] : 1, first == 1 ? 1 : x[2])), mask);
        Value sum = g.Add(new ReduceSum(axes, keepDims), g.Add(new Map(Expr.In(0) * Expr.In(1)), context.X, weight));

        // Of no step at all it is 0, where Keras divides by 0.
        return g.Add(new Map(Expr.In(0) / Expr.Call("Max", Expr.In(1), 1)), sum, g.Add(new ReduceSum(axes, keepDims), weight));
    }
}
