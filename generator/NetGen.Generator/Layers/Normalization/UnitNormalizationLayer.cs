namespace NetGen.Generator;

/// <summary>Y = X / sqrt(max(sum of X², 1e-12)), with the sum of each sample over some axes.</summary>
internal sealed class UnitNormalizationLayer : Layer
{
    public override string Kind => "UnitNormalization";

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value square = g.Add(new Map(Expr.In(0) * Expr.In(0)), context.X);
        Value sum = g.Add(new ReduceSum(context.Axes("Axis", [-1]).ToEquatableArray(), KeepDims: true), square);
        Value norm = g.Add(new Map(Expr.Call("Sqrt", Expr.Call("Max", Expr.In(0), 1e-12))), sum);
        return g.Add(new Map(Expr.In(0) / Expr.In(1)), context.X, norm);
    }
}
