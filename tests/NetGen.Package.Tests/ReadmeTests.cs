using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>What the README and the pages show is code that compiles against the packages.</summary>
public sealed partial class ReadmeTests(PackedPackage package)
{
    [Fact]
    public async Task TheQuickStartCompiles()
    {
        string[] blocks = await Blocks("README.md");
        Assert.Equal(2, blocks.Length);
        const string Using = "using NetGen;\n";
        Assert.StartsWith(Using, blocks[0], StringComparison.Ordinal);
        using Consumer consumer = Consumer.FromText(package, $"{Using}float[] image = new float[Digits.InputSize];\n{blocks[1]}\n{blocks[0][Using.Length..]}");
        await consumer.Make("debug", "build");
    }

    /// <summary>The page's pieces are one program; classes stand behind statements.</summary>
    [Fact]
    public async Task ThePageOnImagesCompiles()
    {
        string[] blocks = await Blocks("docs", "images.md");
        ILookup<bool, string> isClass = blocks.ToLookup(block => block.StartsWith("[Network", StringComparison.Ordinal));
        Assert.Equal((5, 3), (isClass[false].Count(), isClass[true].Count()));
        using Consumer consumer = Consumer.FromText(package, string.Join('\n', [.. isClass[false], .. isClass[true]]), "NetGen.Data", "NetGen.Applications");
        await consumer.Make("debug", "build");
    }

    [Fact]
    public async Task ThePageOnSequencesCompiles()
    {
        string[] blocks = await Blocks("docs", "sequences.md");
        ILookup<bool, string> isClass = blocks.ToLookup(block => block.StartsWith("[Network", StringComparison.Ordinal));
        Assert.Equal((8, 6), (isClass[false].Count(), isClass[true].Count()));
        using Consumer consumer = Consumer.FromText(package, string.Join('\n', [.. isClass[false], .. isClass[true]]));
        await consumer.Make("debug", "build");
    }

    [Fact]
    public async Task ThePageOnTransferLearningCompiles()
    {
        string[] blocks = await Blocks("docs", "transfer.md");
        ILookup<bool, string> isClass = blocks.ToLookup(block => block.StartsWith("[Network", StringComparison.Ordinal));
        Assert.Equal((3, 2), (isClass[false].Count(), isClass[true].Count()));
        using Consumer consumer = Consumer.FromText(package, string.Join('\n', [.. isClass[false], .. isClass[true]]), "NetGen.Data", "NetGen.Applications");
        await consumer.Make("debug", "build");
    }

    private static async Task<string[]> Blocks(params string[] path)
    {
        string page = await File.ReadAllTextAsync(Path.Combine([PackedPackage.RepositoryRoot, .. path]));
        return [.. CodeBlock().Matches(page).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
