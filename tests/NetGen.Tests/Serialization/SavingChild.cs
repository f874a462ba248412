using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Tests.Serialization;

/// <summary>
/// The test executable as a process that does nothing but save, until it is killed: generation 1, 2, 3, ... of the same file, each filled with its number.
/// </summary>
internal static class SavingChild
{
    internal const string PathVariable = "NETGEN_SAVING_CHILD";
    internal const int Elements = 300_000;

    internal static Process Start(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(SavingChild).Assembly.Location);
        start.Environment[PathVariable] = path;
        return Process.Start(start)!;
    }

    // It runs before Main, so that no test runner gets in between.
    [ModuleInitializer]
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path) return;
        int generation = File.Exists(path) ? ReadGeneration(path) : 0;
        while (true)
        {
            generation++;
            var values = new float[Elements];
            values.AsSpan().Fill(generation);
            CheckpointWriter.Save(
                path,
                new CheckpointInfo { Architecture = "saving-child", Epoch = generation, Step = generation, Seed = 1 },
                new CheckpointSection("weights", new MemoryStore().Add("first", [Elements], values).Add("second", [3], generation, generation, generation)));
            Console.WriteLine(generation);
        }
    }

    /// <summary>The generation that a whole file holds; fails if it mixes two.</summary>
    internal static int ReadGeneration(string path)
    {
        using var reader = new CheckpointReader(path);
        MemoryStore store = new MemoryStore().Add("first", [Elements], new float[Elements]).Add("second", [3], 0, 0, 0);
        reader.Restore("saving-child", new CheckpointSection("weights", store));
        Assert.True(store["first"].Concat(store["second"]).All(value => value == reader.Info.Epoch), "The file mixes two generations.");
        return reader.Info.Epoch;
    }
}
