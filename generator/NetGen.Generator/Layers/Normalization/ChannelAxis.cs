namespace NetGen.Generator;

/// <summary>Broadcasting of one value per channel.</summary>
internal static class ChannelAxis
{
    /// <summary>A (channels) value so that it broadcasts along an axis of a tensor: as it is along the last.</summary>
    public static Value Spread(Graph graph, Value value, int rank, int axis) =>
        axis == rank - 1 ? value : graph.Add(new Reshape(Shape.Of(value.Shape.Dims.Concat(Enumerable.Repeat((Dim)1, rank - 1 - axis)))), value);
}
