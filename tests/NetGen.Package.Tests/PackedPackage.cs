using System.Reflection;

[assembly: AssemblyFixture(typeof(NetGen.Package.Tests.PackedPackage))]

namespace NetGen.Package.Tests;

/// <summary>The package as <c>dotnet pack</c> makes it, under a version of its own, so that no cache holds another package of that version.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
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
        await Command.Run(
            RepositoryRoot, "dotnet", "pack", Path.Combine("runtime", "NetGen"), "-c", "Release", "-p:PackageVersion=" + Version, "-o", Feed, "-warnaserror", "-nologo", "-v", "q", "--disable-build-servers");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Feed)) Directory.Delete(Feed, recursive: true);
        string caches = await Command.Run(Path.GetTempPath(), "dotnet", "nuget", "locals", "global-packages", "--list");
        string extracted = Path.Combine(caches[(caches.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), "netgen", Version.ToLowerInvariant());
        if (Directory.Exists(extracted)) Directory.Delete(extracted, recursive: true);
    }
}
