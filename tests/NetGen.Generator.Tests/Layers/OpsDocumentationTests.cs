using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Tests;

/// <summary>The page of operations has a row for each, with its inputs and arguments, and its example is a network.</summary>
public sealed partial class OpsDocumentationTests
{
    [Fact]
    public void The_page_has_a_row_for_each_operation()
    {
        string[] expected = [.. LayerTable.All.Where(l => l.Kind.StartsWith("Ops.", StringComparison.Ordinal)).Select(l => $"{l.Kind} takes {Inputs(l)}: {string.Join(", ", l.Arguments.Order(StringComparer.Ordinal))}")];
        string[] rows = [.. Row().Matches(ProblemTableTests.Documentation("ops.md"))
            .Select(m => $"{m.Groups["kind"].Value} takes {m.Groups["inputs"].Value}: {string.Join(", ", m.Groups["arguments"].Value.Split(", ").Order(StringComparer.Ordinal))}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_example_is_a_network()
    {
        string code = Example().Match(ProblemTableTests.Documentation("ops.md")).Groups["code"].Value;
        Compilation compilation = TestSource.Compile("using NetGen;\n" + code);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        Assert.Empty(await TestSource.Analyze(compilation, new NetworkAnalyzer()));
    }

    private static string Inputs(Layer layer) => layer.Inputs switch
    {
        (var least, int.MaxValue) => $"{least} or more",
        var (least, most) when least != most => $"{least} to {most}",
        var (least, _) => $"{least}",
    };

    [GeneratedRegex(@"^\| `(?<kind>Ops\.\w+)` \| (?<inputs>[^|]+) \| (?<arguments>[^|]*?) ?\| [^ ].* \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
