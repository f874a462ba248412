namespace NetGen.Generator;

/// <summary>exp(x) / sum(exp(x)) along axes; where a mask of the input's shape is 0, the element counts for nothing.</summary>
internal sealed class SoftmaxLayer : Layer
{
    public override string Kind => "Softmax";

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Value x = context.X;

        // Keras adds the most negative float32 rather than removing, so that a fully masked row is uniform.
        if (context.Masks[0] is { } mask && mask.Shape == x.Shape)
        {
            x = context.Graph.Add(new Map(Expr.In(0) + ((1 - Expr.In(1)) * -3.4028234663852886e38)), x, mask);
        }

        return ActivationTable.AlongAxes(context.Graph, x, context.Axes("Axis", [-1]), new Softmax());
    }
}
