namespace NetGen.Generator;

/// <summary>Y = the maximum of each channel over all axes of space.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class GlobalMaxPoolingLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["DataFormat", "Keepdims"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        return context.Graph.Add(new ReduceMax(Enumerable.Range(DataFormat.FirstAxis(context), rank).ToEquatableArray(), context.Boolean("Keepdims", false)), context.X);
    }
}
