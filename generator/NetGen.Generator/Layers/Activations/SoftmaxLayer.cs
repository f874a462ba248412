namespace NetGen.Generator;

/// <summary>exp(x) / sum(exp(x)) along axes; where a mask of the input's shape is 0, the element counts for nothing and is 0.</summary>
internal sealed class SoftmaxLayer : Layer
{
    public override string Kind => "Softmax";

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<int> axes = context.Axes("Axis", [-1]);
        if (context.Masks[0] is not { } mask || mask.Shape != context.X.Shape)
        {
            return ActivationTable.AlongAxes(context.Graph, context.X, axes, new Softmax());
        }

        // Masked elements get the most negative float32, as in Keras, and 0 behind: a row that is masked whole is 0.
        Value x = context.Graph.Add(new Map(Expr.In(0) + ((1 - Expr.In(1)) * -3.4028234663852886e38)), context.X, mask);
        return context.Graph.Add(new Map(Expr.Call("Where", Expr.In(1), Expr.In(0), 0)), ActivationTable.AlongAxes(context.Graph, x, axes, new Softmax()), mask);
    }
}
