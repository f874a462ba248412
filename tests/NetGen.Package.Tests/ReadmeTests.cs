using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>What the README shows is code that compiles against the package.</summary>
public sealed partial class ReadmeTests(PackedPackage package)
{
    [Fact]
    public async Task TheQuickStartCompiles()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(PackedPackage.RepositoryRoot, "README.md"));
        string[] blocks = [.. CodeBlock().Matches(readme).Select(m => m.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        const string Using = "using NetGen;\n";
        Assert.StartsWith(Using, blocks[0], StringComparison.Ordinal);
        using Consumer consumer = Consumer.FromText(package, $"{Using}float[] image = new float[Digits.InputSize];\n{blocks[1]}\n{blocks[0][Using.Length..]}");
        await consumer.Make("debug", "build");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
