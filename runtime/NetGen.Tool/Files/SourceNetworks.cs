using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.Tool;

/// <summary>Networks as they stand in C# source: the generator's own frontend reads their attributes.</summary>
internal static class SourceNetworks
{
    private const int MostFiles = 10_000;

    /// <param name="path">A C# file, or a folder with such files.</param>
    /// <param name="name">The class, where there are several; null for all.</param>
    /// <exception cref="ArgumentException">There is no network, none of the name, or one that is wrong.</exception>
    public static IEnumerable<(string Title, TapeResult Tape)> Read(string path, string? name)
    {
        string[] files = Directory.Exists(path) ? [.. Sources(path)] : [path];
        CSharpParseOptions options = new(LanguageVersion.Preview);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Networks",
            [CSharpSyntaxTree.ParseText(Usings, options), .. files.Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), options, f))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        INamedTypeSymbol[] networks = [.. Types(compilation.Assembly.GlobalNamespace).Where(t => t.GetAttributes().Any(a => Known.IsNetwork(a.AttributeClass)))];
        INamedTypeSymbol[] chosen = name is null ? networks : [.. networks.Where(t => t.Name == name)];
        if (chosen.Length == 0)
        {
            string present = networks.Length == 0 ? "no class with [Network]" : $"no network '{name}', but {string.Join(", ", networks.Select(t => t.Name))}";
            throw new ArgumentException($"In {path} there is {present}.");
        }

        return chosen.Select(t => (t.Name, Build(t)));
    }

    /// <summary>What projects have by default.</summary>
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";

    private static IEnumerable<string> Sources(string folder)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };
        string[] files = [.. Directory.EnumerateFiles(folder, "*.cs", options).Where(f => !IsMade(Path.GetRelativePath(folder, f))).Order(StringComparer.Ordinal).Take(MostFiles + 1)];
        return files.Length > MostFiles ? throw new ArgumentException($"{folder} holds more than {MostFiles} C# files; name a file or a smaller folder.") : files;
    }

    /// <summary>Whether a file lies where builds put theirs.</summary>
    private static bool IsMade(string path) => path.Split(Path.DirectorySeparatorChar).SkipLast(1).Any(p => p is "bin" or "obj" || p.StartsWith('.'));

    private static TapeResult Build(INamedTypeSymbol type)
    {
        FrontendResult read = Frontend.Read(type, CancellationToken.None);
        TapeResult tape = Tape.Build(read.Model, training: false);
        Problem[] problems = [.. read.Problems, .. tape.Problems];
        return problems.Length == 0 ? tape : throw new ArgumentException($"The network {type.Name} is wrong:{string.Concat(problems.Select(p => $"\n  {p.Id}: {p.Message}"))}");
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol inner in Types(member))
            {
                yield return inner;
            }
        }
    }
}
