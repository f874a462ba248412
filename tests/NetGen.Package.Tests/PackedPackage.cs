using System.Reflection;

[assembly: AssemblyFixture(typeof(NetGen.Package.Tests.PackedPackage))]

namespace NetGen.Package.Tests;

/// <summary>The package, and those beside it, as <c>dotnet pack</c> makes them, under a version of their own, so that no cache holds another package of that version.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    /// <summary>All packages of the repository.</summary>
    public static readonly string[] Names = ["NetGen", "NetGen.Data", "NetGen.Applications", "NetGen.Importing", "NetGen.Onnx", "NetGen.Keras", "NetGen.Tool", "NetGen.Models", "NetGen.Reporting"];

    /// <summary>The checkout that these tests were built from.</summary>
    public static string RepositoryRoot { get; } =
        typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == nameof(RepositoryRoot)).Value!;

    /// <summary>The version that was packed.</summary>
    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    /// <summary>The folder that serves as the package source; each run has its own.</summary>
    public string Feed => Path.Combine(RepositoryRoot, "artifacts", "tested", Version);

    /// <summary>The packed file.</summary>
    public string File => Path.Combine(Feed, $"NetGen.{Version}.nupkg");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Only the package has that version; the assemblies have the project's, so that an earlier build is taken as it is.
        foreach (string name in Names)
        {
            await Command.Run(
                RepositoryRoot, "dotnet", "pack", Path.Combine("runtime", name), "-c", "Release", "-p:PackageVersion=" + Version, "-o", Feed, "-warnaserror", "-nologo", "-v", "q", "--disable-build-servers");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Feed)) Directory.Delete(Feed, recursive: true);
        string caches = await Command.Run(Path.GetTempPath(), "dotnet", "nuget", "locals", "global-packages", "--list");
        string cache = caches[(caches.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        foreach (string extracted in Names.Select(name => Path.Combine(cache, name.ToLowerInvariant(), Version.ToLowerInvariant())).Where(Directory.Exists))
            Directory.Delete(extracted, recursive: true);
    }
}
