namespace NetGen.Generator;

/// <summary>The input as it is, with l1 times the sum of its magnitudes and l2 times that of its squares as a penalty.</summary>
internal sealed class ActivityRegularizationLayer : Layer
{
    public override string Kind => "ActivityRegularization";

    public override IReadOnlyList<string> Arguments => ["L1", "L2"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        context.Penalize(context.X, context.Number("L1", 0, least: 0), context.Number("L2", 0, least: 0));
        return context.X;
    }
}
