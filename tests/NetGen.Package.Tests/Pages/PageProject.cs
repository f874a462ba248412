using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Package.Tests;

/// <summary>The programs of all pages as one project, which is built once; each runs in a process and a folder of its own, where what the page takes for granted is there.</summary>
public sealed class PageProject(PackedPackage package) : IDisposable
{
    /// <summary>The packages whose types stand beside those of <c>NetGen</c> itself in the same namespace.</summary>
    private static readonly string[] Others = ["NetGen.Data", "NetGen.Applications", "NetGen.Onnx", "NetGen.Keras", "NetGen.Reporting"];

    private const string Start =
        """
        switch (args[0])
        {
        #cases#
            default: throw new ArgumentException($"There is no page {args[0]}.");
        }

        """;

    private Consumer? consumer;
    private Task? making;

    /// <summary>Runs the program of a page; what it writes.</summary>
    internal async Task<string> Run(Page page)
    {
        await (making ??= Make());
        string folder = consumer!.PathOf("folders", page.Name);
        Directory.CreateDirectory(folder);
        try
        {
            return await consumer.RunIn(folder, "debug", page.Path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The names of types and of extension methods that a package brings.</summary>
    internal IReadOnlyDictionary<string, string[]> NamesOfPackages()
    {
        Dictionary<string, string[]> names = [];
        foreach (string other in Others)
        {
            using System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.OpenRead(Path.Combine(package.Feed, $"{other}.{package.Version}.nupkg"));
            using Stream packed = zip.GetEntry($"lib/net10.0/{other}.dll")!.Open();
            MemoryStream bytes = new();
            packed.CopyTo(bytes);
            bytes.Position = 0;
            using PEReader file = new(bytes);
            names[other] = [.. PublicNames(file.GetMetadataReader())];
        }

        return names;
    }

    /// <inheritdoc/>
    public void Dispose() => consumer?.Dispose();

    private async Task Make()
    {
        Page[] pages = [.. Page.All.Where(page => page.Code.Count > 0 && !PageTests.CompiledElsewhere.ContainsKey(page.Path))];
        Dictionary<string, string> files = pages.ToDictionary(page => $"{page.Name}.cs", PageProgram.Of);
        foreach (string given in new[] { "Given.cs", "GivenKeras.cs", "GivenPictures.cs" }) files.Add(given, Consumer.Resource(given));
        string cases = string.Join('\n', pages.Select(page => $"    case \"{page.Path}\": Given.Files.Make(args[0]); {Call(page)}; break;"));
        consumer = Consumer.FromText(package, Start.Replace("#cases#", cases, StringComparison.Ordinal), files, Others);
        await consumer.Make("debug", "build");
    }

    private static string Call(Page page) => PageProgram.Of(page).Contains("async Task Run()", StringComparison.Ordinal) ? $"await {page.Name}.Program.Run()" : $"{page.Name}.Program.Run()";

    private static IEnumerable<string> PublicNames(MetadataReader reader)
    {
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            if ((type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) != System.Reflection.TypeAttributes.Public) continue;
            string name = reader.GetString(type.Name);
            yield return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
            if (!name.EndsWith("Extensions", StringComparison.Ordinal) && !name.EndsWith("Export", StringComparison.Ordinal)) continue;
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
                if ((method.Attributes & System.Reflection.MethodAttributes.Public) == System.Reflection.MethodAttributes.Public) yield return reader.GetString(method.Name);
        }
    }
}
