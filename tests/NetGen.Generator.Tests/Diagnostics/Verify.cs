using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Tests;

/// <summary>Compares the analyzer's diagnostics with the places marked in a text, and gives their messages.</summary>
internal static class Verify
{
    private const string Header = "using NetGen; using Words;\n";

    /// <summary>With the whole compiler behind the analyzer.</summary>
    public static Task<IReadOnlyList<string>> Network(string marked) => Places(marked, new NetworkAnalyzer());

    /// <summary>Without the compiler; with problems as if it had found them.</summary>
    public static Task<IReadOnlyList<string>> Analyzer(string marked, params Problem[] problems) => Places(marked, new NetworkAnalyzer(_ => problems.ToEquatableArray()));

    private static async Task<IReadOnlyList<string>> Places(string marked, NetworkAnalyzer analyzer)
    {
        Marked source = Marked.Parse(Header + marked);
        ImmutableArray<Diagnostic> found = await TestSource.Analyze(TestSource.Compile(source.Text), analyzer);
        Assert.Equal(source.Expected, found.Select(d => (d.Id, d.Location.SourceSpan.Start, source.Text.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length))));
        Assert.All(found, d => Assert.Equal(DiagnosticSeverity.Error, d.Severity));
        return [.. found.Select(d => d.GetMessage(CultureInfo.InvariantCulture))];
    }
}
