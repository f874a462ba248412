namespace NetGen.Generator;

/// <summary>The run-time sizes that a kernel's shapes name.</summary>
internal static class SizeNames
{
    /// <summary>The named symbols in the shapes, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(params Shape[] shapes) => Of(shapes.SelectMany(s => s.Dims));

    public static IReadOnlyList<string> Of(IEnumerable<Dim> dims) =>
        [.. dims.SelectMany(d => d.Symbols).SelectMany(Names).Distinct().OrderBy(s => s, StringComparer.Ordinal)];

    /// <summary>The run-time sizes of a program: the batch, then the times of its inputs, and of a stream that counts its calls the past ones and those there is room for. Inference and training agree on them.</summary>
    public static IReadOnlyList<string> OfProgram(Graph graph) =>
        [Batch, .. Of([.. graph.Inputs.Select(i => i.Shape)]).Where(s => s != Batch), .. graph.CountsCalls ? Of([Dim.Past, Dim.Room]) : []];

    private const string Batch = "n";

    private static IEnumerable<string> Names(Symbol symbol) => symbol switch
    {
        NamedSymbol named => [named.Id],
        DerivedSymbol derived => derived.Of.Symbols.SelectMany(Names),
        WindowSymbol window => [window.Name],
        _ => throw new InvalidOperationException(symbol.Name),
    };
}
