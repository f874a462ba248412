namespace NetGen.Generator;

/// <summary>Dropout of whole maps: the elements of a channel of a sample are dropped together.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class SpatialDropoutLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => rank == 1 ? ["Rate", "Seed"] : ["Rate", "DataFormat", "Seed"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        Shape x = context.X.Shape;
        int first = rank > 1 ? DataFormat.FirstAxis(context) : 1;
        return DropoutLayer.Apply(context, Shape.Of(x.Dims.Select((d, i) => i >= first && i < first + rank ? 1 : d)));
    }
}
