using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;

namespace NetGen.GeneratorBenchmark;

/// <summary>A project of two files: the network, and one that has nothing to do with it.</summary>
internal static class Project
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    /// <summary>What the SDK's implicit usings leave to be said is in the network's text.</summary>
    public static CSharpCompilation Compile(Subject subject) => Compile(subject.File, subject.Source);

    public static CSharpCompilation Compile(string file, string source) => CSharpCompilation.Create(
        "App",
        [Parse(file, source), Parse("Elsewhere.cs", "namespace App; public static class Elsewhere { public static int Value => 0; }")],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>A compiler's driver with the generator; the steps are told apart only where it is asked for, because that costs time.</summary>
    public static GeneratorDriver Driver(bool trackSteps = false) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>The compilation with one file's text replaced.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string file, string text)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(t => t.FilePath == file);
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
    }

    /// <summary>The run's files; both of the network are there, or the figures mean nothing.</summary>
    /// <exception cref="InvalidOperationException">The generator failed or did not compile the network.</exception>
    public static GeneratorRunResult Check(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        return result.Exception is null && result.Diagnostics.IsEmpty && result.GeneratedSources.Length == 2 ? result
            : throw new InvalidOperationException(
                $"the generator gave {result.GeneratedSources.Length} files and {result.Diagnostics.Length} diagnostics; 2 and none are expected",
                result.Exception);
    }

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text), ParseOptions, path);

    private static ImmutableArray<MetadataReference> References() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "NetGen.dll" or "NetGen.Applications.dll" or "netstandard.dll" || Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];
}
