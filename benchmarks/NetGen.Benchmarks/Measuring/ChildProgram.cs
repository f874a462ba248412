using System.Diagnostics;
using System.Reflection;

namespace NetGen.Benchmarks;

/// <summary>The small programs beside this one that it builds or starts.</summary>
internal static class ChildProgram
{
    private const string Configuration = "Release", Framework = "net10.0";

    /// <summary>The folder of the benchmarks' projects, where this program was built.</summary>
    public static string Folder { get; } =
        typeof(ChildProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "BenchmarksFolder").Value!;

    /// <summary>Where the build has put a project's output.</summary>
    public static string FolderOf(string project) => Path.Combine(Folder, project, "bin", Configuration, Framework);

    /// <summary>The program that the build of this one has made.</summary>
    /// <exception cref="MeasurementException">It is not there.</exception>
    public static string Find(string project)
    {
        var file = Path.Combine(FolderOf(project), project);
        return File.Exists(file) ? file : throw new MeasurementException($"there is no program '{file}'; build {project} in {Configuration}");
    }

    /// <summary>Runs a program to its end and returns what it wrote to its standard output.</summary>
    /// <exception cref="MeasurementException">It failed.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var command = $"{Path.GetFileName(program)} {string.Join(' ', arguments)}";
        return process.ExitCode == 0 ? output
            : throw new MeasurementException($"{command} ended with exit code {process.ExitCode}: {output.Trim()}");
    }

    /// <summary>Starts a program with its standard output piped.</summary>
    public static Process Start(string program, params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
}
