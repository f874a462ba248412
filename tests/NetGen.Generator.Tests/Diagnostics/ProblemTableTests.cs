using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.Documentation;

namespace NetGen.Generator.Tests;

/// <summary>The table of diagnostics, its documentation and the release notes for Roslyn say the same, and the documentation's examples do what it says.</summary>
public sealed partial class ProblemTableTests
{
    private static string Root => GeneratedSection.Root;

    public static TheoryData<string> Ids => [.. ProblemTable.Rows.Select(r => r.Id)];

    [Fact]
    public void IdsAreInOrderAndUnique() => Assert.Equal(ProblemTable.Rows.Select(r => r.Id).Distinct().Order(StringComparer.Ordinal), ProblemTable.Rows.Select(r => r.Id));

    [Fact]
    public void TheDocumentationHasASectionForEachRow() =>
        Assert.Equal(ProblemTable.Rows.Select(r => $"{r.Id}: {r.Title}"), Heading().Matches(Documentation()).Select(m => m.Groups["title"].Value));

    [Fact]
    public void TheReleaseNotesHaveALineForEachRow()
    {
        string[] lines = [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(f => File.ReadAllLines(Path.Combine(Root, "generator", "NetGen.Generator", $"AnalyzerReleases.{f}.md")))
            .Where(l => l.StartsWith("NG", StringComparison.Ordinal))];
        Assert.Equal(ProblemTable.Rows.Select(r => $"{r.Id} | NetGen | Error | {r.Title}"), lines);
    }

    [Fact]
    public void EachRowIsADescriptorOfTheAnalyzer() =>
        Assert.Equal(ProblemTable.Rows.Select(r => (r.Id, r.Title)), new NetworkAnalyzer().SupportedDiagnostics.Select(d => (d.Id, d.Title.ToString(CultureInfo.InvariantCulture))));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheExamplesDoWhatTheDocumentationSays(string id)
    {
        string[] examples = [.. Example().Matches(Section(id)).Select(m => m.Groups["code"].Value)];
        if (id is "NG0027" or ProblemTable.InternalError)
        {
            // These two need another assembly, or a broken compiler; NetworkAnalyzerTests has them.
            Assert.Empty(examples);
            return;
        }

        Assert.Equal(2, examples.Length);
        Assert.Contains(id, await Diagnose(examples[0]));
        Assert.Empty(await Diagnose(examples[1]));
    }

    /// <summary>The table at the head of the page, whose messages are those of the examples.</summary>
    [Fact]
    public async Task TheTableIsThatOfTheDescriptors()
    {
        string[] fixedIds = [.. new CodeFixProvider[] { new AddPartialCodeFix(), new NearestNameCodeFix() }.SelectMany(f => f.FixableDiagnosticIds)];
        StringBuilder text = new("| id | severity | title | says, of the example below | code fix |\n|---|---|---|---|---|\n");
        foreach (DiagnosticDescriptor row in new NetworkAnalyzer().SupportedDiagnostics)
        {
            string title = row.Title.ToString(CultureInfo.InvariantCulture), message = "";
            if (Example().Match(Section(row.Id)) is { Success: true } example)
                message = (await TestSource.Analyze(TestSource.Compile("using NetGen;\n" + example.Groups["code"].Value), new NetworkAnalyzer())).First(d => d.Id == row.Id).GetMessage(CultureInfo.InvariantCulture);
            string anchor = NoAnchor().Replace($"{row.Id}: {title}".ToLowerInvariant(), "").Replace(' ', '-');
            text.Append($"| [{row.Id}](#{anchor}) | {row.DefaultSeverity} | {title} | {message.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")} | {(fixedIds.Contains(row.Id) ? "yes" : "")} |\n");
        }

        GeneratedSection.Verify("diagnostics.md", "descriptors", text.ToString());
    }

    private static async Task<IEnumerable<string>> Diagnose(string code)
    {
        Compilation compilation = TestSource.Compile("using NetGen;\n" + code);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return (await TestSource.Analyze(compilation, new NetworkAnalyzer())).Select(d => d.Id).Distinct();
    }

    private static string Documentation() => File.ReadAllText(Path.Combine(Root, "docs", "diagnostics.md"));

    private static string Section(string id)
    {
        string text = Documentation();
        int start = text.IndexOf($"\n## {id}", StringComparison.Ordinal);
        int end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"^## (?<title>.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
