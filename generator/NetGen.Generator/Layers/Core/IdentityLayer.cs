namespace NetGen.Generator;

/// <summary>The input as it is.</summary>
internal sealed class IdentityLayer : Layer
{
    public override string Kind => "Identity";

    public override IReadOnlyList<string> Arguments => [];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) => context.X;
}
