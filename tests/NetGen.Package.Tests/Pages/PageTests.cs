namespace NetGen.Package.Tests;

/// <summary>What the pages show is code that compiles against the packages, without a warning, runs, and writes what they say it writes.</summary>
public sealed class PageTests(PageProject project) : IClassFixture<PageProject>
{
    /// <summary>Pages whose examples are not one program, and the tests that compile them.</summary>
    internal static readonly Dictionary<string, string> CompiledElsewhere = new()
    {
        ["docs/diagnostics.md"] = "ProblemTableTests: every other example is an error",
    };

    /// <summary>Languages of fences: programs, output of programs, and what is neither. A fence without one holds commands.</summary>
    private static readonly string[] Languages = ["", "csharp", "python", "text", "xml"];

    public static TheoryData<string> Programs => [.. Page.All.Where(page => page.Code.Count > 0 && !CompiledElsewhere.ContainsKey(page.Path)).Select(page => page.Path)];

    public static TheoryData<string> Paths => [.. Page.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task APageRuns(string path)
    {
        Page page = Page.Of(path);
        string output = await project.Run(page);
        ShownOutput.Check(page, output.ReplaceLineEndings("\n"));
    }

    /// <summary>A newcomer has to know which packages to add.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public void APageNamesThePackagesThatItTakes(string path)
    {
        Page page = Page.Of(path);
        HashSet<string> used = PageProgram.Names(page);
        foreach ((string package, string[] names) in project.NamesOfPackages())
        {
            string[] found = [.. names.Where(used.Contains)];
            Assert.True(found.Length == 0 || page.Text.Contains(package, StringComparison.Ordinal), $"{path} has {string.Join(", ", found)} of {package}, which it does not name.");
        }
    }

    /// <summary>So that no C# hides from the tests in a fence of another kind.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void FencesSayWhatTheyHold(string path)
    {
        Page page = Page.Of(path);
        Assert.All(page.Blocks, block => Assert.True(Languages.Contains(block.Language), $"{path}({block.Line}): the language '{block.Language}' is none of {string.Join(", ", Languages)}."));
        Assert.All(page.Blocks.Where(block => block.Language is "" or "text"), block => Assert.DoesNotContain(";\n", block.Text, StringComparison.Ordinal));
        Assert.Equal(page.Text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)), 2 * page.Blocks.Count);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void LinksLeadSomewhere(string path)
    {
        foreach ((int line, string target) in Page.Of(path).Links)
        {
            if (target.Contains("://", StringComparison.Ordinal)) continue;
            string[] parts = target.Split('#', 2);
            string full = parts[0].Length == 0 ? path : Path.GetRelativePath(PackedPackage.RepositoryRoot, Path.Combine(PackedPackage.RepositoryRoot, Path.GetDirectoryName(path)!, parts[0])).Replace('\\', '/');
            string place = Path.Combine(PackedPackage.RepositoryRoot, full);
            Assert.True(File.Exists(place) || Directory.Exists(place), $"{path}({line}): there is no {target}.");
            if (parts.Length == 2) Assert.True(Page.Of(full).Anchors.Contains(parts[1]), $"{path}({line}): {full} has no heading #{parts[1]}.");
        }
    }

    /// <summary>Every page of the documentation is reached from its index.</summary>
    [Fact]
    public void TheIndexHasEveryPage()
    {
        HashSet<string> linked = [.. Page.Of("docs/README.md").Links.Select(link => "docs/" + link.Target.Split('#')[0])];
        string[] pages = [.. Page.All.Select(page => page.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md")];
        Assert.Equal([], pages.Except(linked));
    }
}
