using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>A throw-away project outside of the solution, as <c>dotnet new console</c> makes it, that takes NetGen from the packed file.</summary>
internal sealed partial class Consumer : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-consumer-");

    private Consumer(PackedPackage package, string text, string items)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), text);
        File.WriteAllText(
            Path.Combine(folder.FullName, "app.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{package.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);

        // Beside the user's own sources, from which the ordinary packages of the SDK come.
        File.WriteAllText(
            Path.Combine(folder.FullName, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{package.Feed}" /></packageSources></configuration>""");
    }

    /// <summary>A project of one of the programs of this one.</summary>
    /// <param name="package">The package.</param>
    /// <param name="program">The program's file.</param>
    public static Consumer FromProgram(PackedPackage package, string program) => new(package, Resource(program), "");

    /// <summary>The text of one of the programs of this project.</summary>
    /// <param name="program">The program's file.</param>
    public static string Resource(string program)
    {
        using Stream stream = typeof(Consumer).Assembly.GetManifestResourceStream(program) ?? throw new ArgumentException($"There is no program {program}.", nameof(program));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A project of a program's text.</summary>
    /// <param name="package">The package.</param>
    /// <param name="text">The program.</param>
    /// <param name="others">Packages beside it that the program takes too.</param>
    public static Consumer FromText(PackedPackage package, string text, params string[] others) =>
        new(package, text, string.Concat(others.Select(name => $"""<PackageReference Include="{name}" Version="{package.Version}" />""")));

    /// <summary>A project of a program's text, with more source files.</summary>
    /// <param name="package">The package.</param>
    /// <param name="text">The program.</param>
    /// <param name="files">The other files by their names.</param>
    /// <param name="others">Packages beside it that the program takes too.</param>
    public static Consumer FromText(PackedPackage package, string text, IReadOnlyDictionary<string, string> files, params string[] others)
    {
        Consumer consumer = FromText(package, text, others);
        foreach ((string name, string content) in files) File.WriteAllText(consumer.PathOf(name), content);
        return consumer;
    }

    /// <summary>A project of a program's text and a file that its build brings in through <c>NetGen.Models</c>.</summary>
    /// <param name="package">The package.</param>
    /// <param name="text">The program.</param>
    /// <param name="model">The item.</param>
    public static Consumer FromModel(PackedPackage package, string text, string model) =>
        new(package, text, $"""<PackageReference Include="NetGen.Models" Version="{package.Version}" PrivateAssets="all" />{model}""");

    /// <summary>Builds or publishes into a folder of its own and asserts that nothing warns.</summary>
    /// <param name="name">The folder.</param>
    /// <param name="command"><c>build</c> or <c>publish</c> with its options.</param>
    public async Task Make(string name, params IEnumerable<string> command)
    {
        (int exitCode, string output) = await TryMake(name, command);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', command)} ended with {exitCode}:\n{output}");
        Assert.False(Warning().IsMatch(output), output);
    }

    /// <summary>Builds or publishes; the exit code and what was written.</summary>
    public Task<(int ExitCode, string Output)> TryMake(string name, params IEnumerable<string> command) =>
        Command.TryRun(folder.FullName, "dotnet", [.. command, "-o", PathOf(name), "-warnaserror", "-nologo", "-v", "q", "--disable-build-servers"]);

    /// <summary>Runs what <see cref="Make"/> has made.</summary>
    public Task<string> Run(string name, params IEnumerable<string> arguments) => RunIn(folder.FullName, name, arguments);

    /// <summary>Runs what <see cref="Make"/> has made, in a folder.</summary>
    public Task<string> RunIn(string directory, string name, params IEnumerable<string> arguments) =>
        Command.Run(directory, Path.Combine(PathOf(name), OperatingSystem.IsWindows() ? "app.exe" : "app"), arguments);

    /// <summary>A path in the project's folder.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([folder.FullName, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The options of a publication for this machine.</summary>
    public static string[] Publish(params string[] properties) => ["publish", "-r", RuntimeInformation.RuntimeIdentifier, .. properties.Select(p => "-p:" + p)];

    [GeneratedRegex(@"\bwarning [A-Z]+\d+")]
    private static partial Regex Warning();
}
