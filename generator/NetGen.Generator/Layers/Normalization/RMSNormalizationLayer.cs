namespace NetGen.Generator;

/// <summary>Y = scale X / sqrt(mean of X² + epsilon), with the mean of each sample over some axes.</summary>
internal sealed class RMSNormalizationLayer : Layer
{
    public override string Kind => "RMSNormalization";

    public override IReadOnlyList<string> Arguments => ["Axis", "Epsilon"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        IReadOnlyList<int> axes = context.Axes("Axis", [-1]);
        double epsilon = context.Number("Epsilon", 1e-6, least: 0);
        Value scale = LayerNormalizationLayer.Align(g, x, axes, context.Parameter("scale", Shape.Of(axes.Select(a => x[a])), "Ones()", null));
        Value mean = Reductions.Mean(g, g.Add(new Map(Expr.In(0) * Expr.In(0)), context.X), axes.ToEquatableArray(), keepDims: true);
        Value root = g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), mean);
        return g.Add(new Map(Expr.In(0) / Expr.In(1) * Expr.In(2)), context.X, root, scale);
    }
}
