namespace NetGen.Generator;

/// <summary>a sigmoid(b), with a and b the halves of x along an axis.</summary>
internal sealed class GLULayer : Layer
{
    public override string Kind => "GLU";

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) => ActivationTable.GLU(context.Graph, context.X, context.Axis("Axis", -1));
}
