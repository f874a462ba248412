using System.Globalization;
using System.Runtime;

namespace NetGen.Benchmarks;

/// <summary>The other end of <see cref="MemoryCommand"/>: one variant of one side, from a process that holds nothing to its steady steps.</summary>
internal static class MemoryWorker
{
    public const string Command = "memory-worker";

    /// <summary>The first step allocates all; the others show that nothing grows.</summary>
    private const int Steps = 3;

    public static IEnumerable<string> Arguments(Side side, Setup setup, int variant) =>
    [
        Command, side.ToString(), setup.Workload.Name, setup.Mode.ToString(), Text(setup.Batch), Text(setup.Threads), Text(variant), setup.WeightsFile ?? "",
    ];

    /// <summary>Prints what the kernel says of this process's memory, in MiB above what it had before there was a network.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        Native.EndWithParent();
        var side = Enum.Parse<Side>(arguments[0]);
        var setup = new Setup(WorkloadTable.Find(arguments[1]), Enum.Parse<Mode>(arguments[2]), Number(arguments[3]), Number(arguments[4]))
        {
            WeightsFile = arguments[6].Length > 0 ? arguments[6] : null,
        };
        var variant = side.Variants(setup)[Number(arguments[5])];
        // The libraries themselves are not what is measured, and neither is the input.
        side.LoadLibrary(setup);
        double before = ReadMebibytes("VmRSS");
        using var contestant = variant.Create();
        // Neither is what it took to make the network, such as the weights on their way to it.
        GiveBack();
        double created = ReadMebibytes("VmRSS");
        ResetPeak();
        for (int i = 0; i < Steps; i++) contestant.Step();
        Results.Write(new ResidentMemory(Results.Rounded(before), Results.Rounded(created - before), Results.Rounded(ReadMebibytes("VmHWM") - before)));
        return 0;
    }

    private static void GiveBack()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Native.TrimHeap();
    }

    /// <summary>Linux: 5 sets the peak to what is resident now.</summary>
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double ReadMebibytes(string field)
    {
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
