namespace NetGen.Benchmarks;

/// <summary>The limits of one core that the figures are to be read against.</summary>
internal static class PeakCommand
{
    private const int Rounds = 15;
    private const double RoundSeconds = 0.05;

    public static int Run()
    {
        var watch = new LoadWatch(Cores.Pin(1));
        foreach (var (name, rate) in FmaPeak.Widths) Report(name, "GFLOP/s", () => rate(RoundSeconds));
        foreach (var (name, bytes) in ReadBandwidth.Levels)
        {
            using var reader = new ReadBandwidth(bytes);
            Report(name, "GB/s", () => reader.Measure(RoundSeconds));
        }
        watch.Report();
        return 0;
    }

    private static void Report(string name, string unit, Func<double> measure)
    {
        measure();
        Results.Write(new CoreLimit(name, unit, Summary.Of([.. Enumerable.Range(0, Rounds).Select(_ => measure())])));
    }
}
