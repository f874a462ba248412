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

    /// <summary>A page's pieces are one program; classes stand behind statements.</summary>
    /// <param name="page">The page.</param>
    /// <param name="statements">How many of its pieces are statements.</param>
    /// <param name="classes">How many of its pieces are classes.</param>
    /// <param name="others">The packages that it takes beside NetGen.</param>
    [Theory]
    [InlineData("images.md", 5, 3, "NetGen.Data", "NetGen.Applications")]
    [InlineData("sequences.md", 8, 6)]
    [InlineData("transfer.md", 4, 3, "NetGen.Data", "NetGen.Applications", "NetGen.Keras")]
    [InlineData("onnx.md", 2, 1, "NetGen.Onnx")]
    [InlineData("keras.md", 5, 1, "NetGen.Keras", "NetGen.Data", "NetGen.Applications")]
    public async Task APageCompiles(string page, int statements, int classes, params string[] others)
    {
        string[] blocks = await Blocks("docs", page);
        ILookup<bool, string> isClass = blocks.ToLookup(block => block.StartsWith("[Network", StringComparison.Ordinal));
        Assert.Equal((statements, classes), (isClass[false].Count(), isClass[true].Count()));
        using Consumer consumer = Consumer.FromText(package, string.Join('\n', [.. isClass[false], .. isClass[true]]), others);
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
