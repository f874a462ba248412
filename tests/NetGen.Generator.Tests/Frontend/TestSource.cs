using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests;

/// <summary>Compiles texts against the running framework and the runtime, as a user's project does.</summary>
internal static class TestSource
{
    /// <summary>
    /// Layers that exist for these tests alone, so that they test the reading and not a layer. Only the runtime's friends may derive from LayerAttribute,
    /// which is why their assembly has this one's name.
    /// </summary>
    public const string Vocabulary = """
        using System;
        using NetGen;
        namespace Words;
        public enum Tone { Low, High, Top = High }
        public sealed class SizedAttribute : LayerAttribute
        {
            public SizedAttribute(int size, params int[] more) { }
            public SizedAttribute(object size, params object[] more) { }
            public object Strides { get; set; }
            public object Tone { get; set; }
            public Tone Typed { get; set; }
            public float Rate { get; set; }
            public ulong Big { get; set; }
            public char Letter { get; set; }
            public Type Shown { get; set; }
            public bool Flag { get; set; }
        }
        public sealed class PlainAttribute : LayerAttribute { }
        public sealed class JoinAttribute(params string[] inputs) : LayerAttribute { }
        public static class Parts { public sealed class WhereAttribute : LayerAttribute { } }
        """;

    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "NetGen.dll" or "netstandard.dll" or "mscorlib.dll")
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static readonly Lazy<MetadataReference> Words = new(() =>
        ToReference(Create("NetGen.Generator.Tests", Framework).AddSyntaxTrees(CSharpSyntaxTree.ParseText(Vocabulary, new CSharpParseOptions(LanguageVersion.CSharp14)))));

    /// <summary>Compilations made from this one share what was read of the framework.</summary>
    private static readonly Lazy<CSharpCompilation> App = new(() =>
    {
        CSharpCompilation compilation = Create("App", [.. Framework, Words.Value]);
        Assert.NotNull(compilation.GetTypeByMetadataName("NetGen.TapeAttribute"));
        return compilation;
    });

    public static CSharpCompilation Compile(string text, string assembly = "App", params MetadataReference[] references) => CompileFiles([("Test.cs", text)], assembly, references);

    public static CSharpCompilation CompileFiles(IEnumerable<(string Path, string Text)> files, string assembly = "App", params MetadataReference[] references)
    {
        CSharpCompilation empty = assembly == "App" ? App.Value : Create(assembly, [.. Framework, Words.Value]);
        return empty
            .AddReferences(references)
            .AddSyntaxTrees([.. files.Select(f => CSharpSyntaxTree.ParseText(f.Text, new CSharpParseOptions(LanguageVersion.CSharp14), f.Path))]);
    }

    /// <summary>The compilation as a referenced assembly: compiled, and read back from its metadata.</summary>
    public static MetadataReference ToReference(CSharpCompilation compilation)
    {
        using MemoryStream file = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(file);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(file.ToArray());
    }

    public static INamedTypeSymbol Type(Compilation compilation, string name)
    {
        INamedTypeSymbol? type = compilation.GetTypeByMetadataName(name);
        Assert.NotNull(type);
        return type;
    }

    public static FrontendResult Read(Compilation compilation, string name = "Net") => NetGen.Generator.Frontend.Read(Type(compilation, name), CancellationToken.None);

    /// <summary>What the analyzer says, in the order of the source.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([analyzer]);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    private static CSharpCompilation Create(string assembly, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        assembly, [], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Disable));
}
