namespace NetGen.Documentation;

/// <summary>
/// A part of a page that is written from the code, between two marks that a reader does not see. A test compares it; with <c>NETGEN_UPDATE_GOLDEN=1</c> in the environment it is written anew.
/// </summary>
internal static class GeneratedSection
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Compares a part of a page with what it should be.</summary>
    /// <param name="page">The page below <c>docs</c>.</param>
    /// <param name="name">The part: it stands between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end: name --&gt;</c>.</param>
    /// <param name="expected">What the code says.</param>
    public static void Verify(string page, string name, string expected)
    {
        string file = Path.Combine(Root, "docs", page), text = File.ReadAllText(file).ReplaceLineEndings("\n");
        string begin = $"<!-- generated: {name} -->\n", end = $"<!-- end: {name} -->";
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, stop = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(start >= begin.Length && stop >= start, $"{page} has no part {name}.");
        expected = $"\n{expected.ReplaceLineEndings("\n").Trim()}\n\n";
        string found = text[start..stop];
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_GOLDEN") == "1") File.WriteAllText(file, text[..start] + expected + text[stop..]);
        else Assert.True(found == expected, $"The part {name} of docs/{page} is not what the code says; NETGEN_UPDATE_GOLDEN=1 writes it anew. {FirstDifference(found.Split('\n'), expected.Split('\n'))}");
    }

    private static string FirstDifference(string[] found, string[] expected)
    {
        int line = found.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"It has\n{(line < found.Length ? found[line] : "the end")}\nin place of\n{(line < expected.Length ? expected[line] : "the end")}";
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetGen.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No NetGen.sln above {AppContext.BaseDirectory}.");
    }
}
