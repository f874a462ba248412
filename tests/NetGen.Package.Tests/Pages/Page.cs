using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>A Markdown page of the repository.</summary>
/// <param name="Path">Its path in the repository, with '/'.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record Page(string Path, string Text)
{
    private static readonly string[] PassedOver = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    /// <summary>All pages, in the order of their paths.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Files(new DirectoryInfo(PackedPackage.RepositoryRoot)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The page of a path.</summary>
    public static Page Of(string path) => All.Single(page => page.Path == path);

    /// <summary>A name in C# for what belongs to the page.</summary>
    public string Name => NoLetter().Replace(System.IO.Path.ChangeExtension(Path, null), "_");

    /// <summary>What stands in fences, with their languages.</summary>
    public IReadOnlyList<PageBlock> Blocks => field ??= [.. Fence().Matches(Text).Select(match => new PageBlock(LineOf(match.Groups["text"].Index), match.Groups["language"].Value, match.Groups["text"].Value))];

    /// <summary>The pieces of C# that are the page's program.</summary>
    public IReadOnlyList<PageBlock> Code => [.. Blocks.Where(block => block.IsCode && block.LeftOut is null)];

    /// <summary>What the page says its program writes, in order.</summary>
    public IReadOnlyList<string> Output => [.. Blocks.Where(block => block.Language == "text").Select(block => block.Text)];

    /// <summary>The pages and headings that it links to, as they are written, with the lines.</summary>
    public IEnumerable<(int Line, string Target)> Links => Link().Matches(Text).Select(match => (LineOf(match.Index), match.Groups["target"].Value));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Text).Select(match => NoAnchor().Replace(match.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <inheritdoc/>
    public override string ToString() => Path;

    private static Page Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(PackedPackage.RepositoryRoot, path)).ReplaceLineEndings("\n"));

    private static IEnumerable<string> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.md").Select(file => System.IO.Path.GetRelativePath(PackedPackage.RepositoryRoot, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(inner => !inner.Name.StartsWith('.') && !PassedOver.Contains(inner.Name)).SelectMany(Files));

    private int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex("^```(?<language>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoLetter();
}
