using System.Diagnostics;

namespace NetGen.Package.Tests;

/// <summary>A child process that ends within a time and whose output is read whole.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs a program and fails the test where it fails.</summary>
    public static async Task<string> Run(string directory, string program, params IEnumerable<string> arguments)
    {
        (int exitCode, string output) = await TryRun(directory, program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Runs a program; its exit code and what it wrote to both streams.</summary>
    public static async Task<(int ExitCode, string Output)> TryRun(string directory, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(IsOfAnOuterBuild).ToArray()) start.Environment.Remove(name);

        // A server that outlives the command would hold the streams open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }
    }

    /// <summary>Whether a variable belongs to the build that runs these tests: a child would take that build's SDK and targets for its own.</summary>
    private static bool IsOfAnOuterBuild(string name) => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase);
}
