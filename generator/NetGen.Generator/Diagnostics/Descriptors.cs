using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Roslyn's form of <see cref="ProblemTable"/>.</summary>
internal static class Descriptors
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Rows = ProblemTable.Rows.ToDictionary(
        r => r.Id,
        r => new DiagnosticDescriptor(r.Id, r.Title, "{0}", "NetGen", DiagnosticSeverity.Error, isEnabledByDefault: true),
        StringComparer.Ordinal);

    public static IEnumerable<DiagnosticDescriptor> All => Rows.Values;

    public static DiagnosticDescriptor For(string id) => Rows[id];
}
