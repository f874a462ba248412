using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using NetGen.Importing;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Imported classes as their users have them: their text, compiled with the generator, many in one assembly.</summary>
internal sealed class ImportedAssembly
{
    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "NetGen.dll" or "NetGen.Applications.dll" || Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private readonly Assembly _assembly;

    private ImportedAssembly(Assembly assembly, ImmutableArray<Diagnostic> diagnostics)
    {
        _assembly = assembly;
        Diagnostics = diagnostics;
    }

    /// <summary>What the compiler and the generator said beyond hidden hints.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public static ImportedAssembly Of(IReadOnlyList<ImportedNetwork> networks)
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp14);
        Compilation compilation = CSharpCompilation.Create(
            "Imported" + Guid.NewGuid().ToString("N"),
            networks.Select(n => CSharpSyntaxTree.ParseText(n.Source, options, n.ClassName + ".cs")),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out ImmutableArray<Diagnostic> generated);
        using MemoryStream file = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(file);
        ImmutableArray<Diagnostic> all = [.. generated.Concat(result.Diagnostics).Where(d => d.Severity != DiagnosticSeverity.Hidden)];
        Assert.True(result.Success, string.Join("\n", all.Take(20)));
        file.Position = 0;
        return new ImportedAssembly(new AssemblyLoadContext(compilation.AssemblyName, isCollectible: false).LoadFromStream(file), all);
    }

    /// <summary>The network with its imported weights, by way of their file.</summary>
    public Network Load(ImportedNetwork network)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            network.SaveWeights(path);
            MethodInfo load = _assembly.GetType(network.ClassName, throwOnError: true)!.BaseType!.GetMethod("Load", [typeof(string)])!;
            return (Network)load.Invoke(null, [path])!;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
