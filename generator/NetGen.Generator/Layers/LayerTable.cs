namespace NetGen.Generator;

/// <summary>Every layer, by its attribute's name. Add a layer: its file and a row here.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<string, Layer> Rows = new Layer[]
    {
    }.ToDictionary(l => l.Kind, StringComparer.Ordinal);

    public static IEnumerable<Layer> All => Rows.Values;

    public static Layer? Find(string kind) => Rows.TryGetValue(kind, out Layer? row) ? row : null;
}
