namespace NetGen.Generator;

/// <summary>Sums along an axis so far.</summary>
internal sealed class CumSumLayer : Layer
{
    public override string Kind => "Ops.CumSum";

    public override IReadOnlyList<string> Arguments => ["Axis", "Exclusive", "Reverse"];

    public override Value Build(LayerContext context) =>
        context.Graph.Add(new CumSum(context.Axis("Axis", Batch.IsIn(context.X) ? 1 : 0), context.Boolean("Exclusive", false), context.Boolean("Reverse", false)), context.X);
}
