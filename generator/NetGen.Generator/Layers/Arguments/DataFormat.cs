namespace NetGen.Generator;

/// <summary>Where the channels stand: last, as everywhere in NetGen, or first, as some imported networks have it.</summary>
internal static class DataFormat
{
    private static readonly string[] Members = ["ChannelsLast", "ChannelsFirst"];

    public static bool IsChannelsFirst(LayerContext context) => context.Enum("DataFormat", "DataFormat", Members, "ChannelsLast") == "ChannelsFirst";

    /// <summary>The only input of a layer over maps, with the channels last.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="rank">How many axes of space the maps have.</param>
    public static Value ReadMaps(LayerContext context, int rank)
    {
        RequireMaps(context, rank);
        return IsChannelsFirst(context)
            ? context.Graph.Add(new Transpose(new[] { 0 }.Concat(Enumerable.Range(2, rank)).Append(1).ToEquatableArray()), context.X)
            : context.X;
    }

    /// <summary>Maps with the channels last in the layer's own format.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="y">The maps.</param>
    public static Value WriteMaps(LayerContext context, Value y)
    {
        int rank = y.Shape.Rank - 2;
        return IsChannelsFirst(context) ? context.Graph.Add(new Transpose(new[] { 0, rank + 1 }.Concat(Enumerable.Range(1, rank)).ToEquatableArray()), y) : y;
    }

    /// <summary>The first axis of space in the layer's own format.</summary>
    public static int FirstAxis(LayerContext context) => IsChannelsFirst(context) ? 2 : 1;

    /// <summary>Refuses an input that has not the batch, the axes of space and the channels.</summary>
    public static void RequireMaps(LayerContext context, int rank)
    {
        if (context.X.Shape.Rank != rank + 2)
        {
            string lacks = context.X.Shape.Rank != rank + 1 ? "" : rank == 2
                ? " Where the axis of channels is missing, [Input(28, 28, 1)] or Reshape adds it."
                : " Where the axis of channels is missing, a last axis of 1 in [Input] or Reshape adds it.";
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank {rank + 2} with the batch and the channels, not {context.X.Shape}.{lacks}");
        }
    }
}
