namespace NetGen.Generator;

/// <summary>Where the channels stand: last, as everywhere in NetGen, or first, as some imported networks have it.</summary>
internal static class DataFormat
{
    private static readonly string[] Members = ["ChannelsLast", "ChannelsFirst"];

    public static bool IsChannelsFirst(LayerContext context) => context.Enum("DataFormat", Members, "ChannelsLast") == "ChannelsFirst";
}
