using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Tests;

/// <summary>Compares the analyzer's diagnostics with the places marked in a text, and gives their messages.</summary>
internal static class Verify
{
    private const string Header = "using NetGen; using Words;\n";

    public static Task<IReadOnlyList<string>> Analyzer(string marked) => Analyzer(marked, new NetworkAnalyzer());

    /// <summary>With problems as if the compiler had found them.</summary>
    public static Task<IReadOnlyList<string>> Analyzer(string marked, params Problem[] problems) => Analyzer(marked, new NetworkAnalyzer(_ => problems.ToEquatableArray()));

    private static async Task<IReadOnlyList<string>> Analyzer(string marked, NetworkAnalyzer analyzer)
    {
        Marked source = Marked.Parse(Header + marked);
        ImmutableArray<Diagnostic> found = await TestSource.Analyze(TestSource.Compile(source.Text), analyzer);
        Assert.Equal(source.Expected, found.Select(d => (d.Id, d.Location.SourceSpan.Start, source.Text.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length))));
        Assert.All(found, d => Assert.Equal(DiagnosticSeverity.Error, d.Severity));
        return [.. found.Select(d => d.GetMessage(CultureInfo.InvariantCulture))];
    }
}
