namespace NetGen.Generator;

/// <summary>x above 0, alpha x elsewhere, with a learned alpha per element of a sample, shared along axes.</summary>
internal sealed class PReLULayer : Layer
{
    public override string Kind => "PReLU";

    public override IReadOnlyList<string> Arguments => ["SharedAxes", "AlphaInitializer", "AlphaRegularizer", "AlphaConstraint"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<int> shared = context.Has("SharedAxes") ? context.Axes("SharedAxes", []) : [];
        Shape shape = Shape.Of(context.X.Shape.Dims.Select((d, i) => shared.Contains(i) ? 1 : d).Skip(1));
        Value alpha = context.Parameter("alpha", shape, "Zeros()", "Alpha");
        return context.Graph.Add(new Map(Expr.Call("Where", Expr.Call("Greater", Expr.In(0), 0), Expr.In(0), Expr.In(0) * Expr.In(1))), context.X, alpha);
    }
}
