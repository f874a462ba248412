using System.Diagnostics;

namespace NetGen.Benchmarks;

/// <summary>How long single calls of NetGen take, the rarest slow ones too: what a real-time thread must expect.</summary>
internal static class LatencyCommand
{
    private const int Calls = 1_000_000;
    private const int WarmUpCalls = 200_000;

    public static int Run(Workload workload)
    {
        if (workload.NetGen is not { } adapter) throw new UsageException($"'latency' measures NetGen, which has no {workload.Name}");
        var watch = new LoadWatch(Cores.Pin(1));
        using var contestant = adapter.Create(new Setup(workload, Mode.Infer, workload.DefaultBatch(Mode.Infer), 1));
        for (int i = 0; i < WarmUpCalls; i++) contestant.Step();
        // The second recompilation runs on a thread that shares the core.
        Thread.Sleep(500);
        for (int i = 0; i < WarmUpCalls; i++) contestant.Step();
        var ticks = new long[Calls];
        int collections = GC.CollectionCount(0);
        for (int i = 0; i < Calls; i++)
        {
            long before = Stopwatch.GetTimestamp();
            contestant.Step();
            ticks[i] = Stopwatch.GetTimestamp() - before;
        }
        collections = GC.CollectionCount(0) - collections;
        watch.Report();
        Array.Sort(ticks);
        double microseconds = 1e6 / Stopwatch.Frequency;
        Results.Write(new CallLatency(workload.Name, Calls, At(0.5), At(0.99), At(0.9999), Results.Rounded(ticks[^1] * microseconds), collections));
        return 0;

        double At(double share) => Results.Rounded(ticks[(int)(share * (Calls - 1))] * microseconds);
    }
}
