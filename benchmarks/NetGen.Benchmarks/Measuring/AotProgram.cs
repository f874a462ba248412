namespace NetGen.Benchmarks;

/// <summary>The program of the cold start, compiled ahead of time.</summary>
internal static class AotProgram
{
    private const string Project = "NetGen.ColdStart";

    /// <summary>
    /// Publishes the program, which takes half a minute the first time; null, with the reason on the error stream, where nothing can link it.
    /// </summary>
    /// <exception cref="MeasurementException">Publishing failed.</exception>
    public static string? Publish()
    {
        string[] linkers = ["clang", "gcc"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker)))))
        {
            Console.Error.WriteLine($"note: NativeAOT is left out: there is no linker ({string.Join(" or ", linkers)}) on the path");
            return null;
        }
        var output = Path.Combine(ChildProgram.Folder, Project, "bin", "aot");
        ChildProgram.Run("dotnet", "publish", Path.Combine(ChildProgram.Folder, Project), "-c", "Release", "-r", "linux-x64",
            "-p:ColdStartAot=true", "-o", output, "-v", "q", "--nologo");
        return Path.Combine(output, Project);
    }
}
