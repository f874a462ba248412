using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace NetGen.Package.Tests;

/// <summary>What is in the packed file.</summary>
public sealed class PackageTests(PackedPackage package)
{
    private static readonly string[] Assemblies = ["lib/net10.0/NetGen.dll", "analyzers/dotnet/cs/NetGen.Generator.dll", "analyzers/dotnet/cs/NetGen.CodeFixes.dll"];

    public static TheoryData<string> Names => [.. PackedPackage.Names];

    [Fact]
    public void HoldsTheRuntimeTheAnalyzersAndTheirCompany()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.File);
        string[] expected = [.. Assemblies, "lib/net10.0/NetGen.xml", "build/NetGen.props", "build/NetGen.targets", "README.md", "NetGen.nuspec"];
        string[] found = [.. zip.Entries.Select(e => e.FullName).Where(IsOurs)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    /// <summary>All of Keras's layers, losses, metrics and optimizers with their documentation and the compiler: 1.02 MB, and a fifth more for what comes. A size beyond that has a cause to be looked for.</summary>
    [Fact]
    public void IsSmall() => Assert.InRange(new FileInfo(package.File).Length, 1, 5 << 18);

    [Fact]
    public void HoldsNoNativeFile()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.File);
        Assert.DoesNotContain(zip.Entries, e => e.FullName.StartsWith("runtimes/", StringComparison.OrdinalIgnoreCase));
        Assert.All(Assemblies, name =>
        {
            using PEReader file = Open(zip, name);
            Assert.True(file.HasMetadata);
            Assert.Equal(CorFlags.ILOnly, file.PEHeaders.CorHeader!.Flags & CorFlags.ILOnly);
        });
    }

    [Fact]
    public void NamesItsLicenceAndReadmeAndDependsOnNothing()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.File);
        using Stream stream = zip.GetEntry("NetGen.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        Assert.Equal("MIT", Child(metadata, "license").Value);
        Assert.Equal("README.md", Child(metadata, "readme").Value);
        Assert.Equal(package.Version, Child(metadata, "version").Value);
        Assert.DoesNotContain(Child(metadata, "dependencies").Descendants(), e => e.Name.LocalName == "dependency");
    }

    /// <summary>A feed shows the file alone.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ItsReadmeIsAboutThePackageAndHasNoRelativeLink(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(package.Feed, $"{name}.{package.Version}.nupkg"));
        using StreamReader nuspec = new(zip.GetEntry($"{name}.nuspec")!.Open()), reader = new(zip.Entries.Single(e => e.Name == "README.md").Open());
        Assert.Equal("README.md", Child(XDocument.Load(nuspec).Root!.Elements().Single(), "readme").Value);
        Page page = new("README.md", reader.ReadToEnd().ReplaceLineEndings("\n"));
        Assert.StartsWith($"# {name}\n", page.Text, StringComparison.Ordinal);
        Assert.All(page.Links, link => Assert.Contains("://", link.Target, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(?m)^\[[^\]]+\]: |<(a|img) ", page.Text);
    }

    /// <summary>The same sources make the same bytes in any folder: every path in the symbols is relative to the repository. The runtime, which users step into, has its symbols with it.</summary>
    [Fact]
    public void HoldsReproducibleAssembliesAndTheSymbolsOfTheRuntime()
    {
        using ZipArchive zip = ZipFile.OpenRead(package.File);
        Assert.All(Assemblies, name =>
        {
            using PEReader file = Open(zip, name);
            DebugDirectoryEntry[] entries = [.. file.ReadDebugDirectory()];
            Assert.Contains(entries, e => e.Type == DebugDirectoryEntryType.Reproducible);
            Assert.All(
                entries.Where(e => e.Type == DebugDirectoryEntryType.CodeView).Select(e => file.ReadCodeViewDebugDirectoryData(e).Path),
                path => Assert.StartsWith("/_/", path == Path.GetFileName(path) ? "/_/" + path : path, StringComparison.Ordinal));
            DebugDirectoryEntry[] embedded = [.. entries.Where(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)];
            Assert.Equal(name.StartsWith("lib/", StringComparison.Ordinal) ? 1 : 0, embedded.Length);
            foreach (DebugDirectoryEntry symbols in embedded)
            {
                using MetadataReaderProvider provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
                MetadataReader reader = provider.GetMetadataReader();
                Assert.All(reader.Documents, d => Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(d).Name), StringComparison.Ordinal));
            }
        });
    }

    /// <summary>What the format itself adds.</summary>
    private static bool IsOurs(string name) => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml";

    private static XElement Child(XElement parent, string name) => parent.Elements().Single(e => e.Name.LocalName == name);

    private static PEReader Open(ZipArchive zip, string name)
    {
        using Stream packed = zip.GetEntry(name)!.Open();
        MemoryStream bytes = new();
        packed.CopyTo(bytes);
        bytes.Position = 0;
        return new PEReader(bytes);
    }
}
