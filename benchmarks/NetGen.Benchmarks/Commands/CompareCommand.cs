namespace NetGen.Benchmarks;

/// <summary>NetGen and a peer in alternating rounds, each in its own process, on the same cores.</summary>
internal static class CompareCommand
{
    /// <summary>Rounds of each side; slow workloads get fewer, so that each holds at least one whole step.</summary>
    private const int MostRounds = 21, FewestRounds = 5;

    private const double LeastWarmUpSeconds = 0.5, PeakSeconds = 0.01;

    public static int Run(CompareOptions options)
    {
        var cores = Cores.Pin(options.Threads);
        var setup = new Setup(options.Workload, options.Mode, options.Batch, options.Threads);
        bool hasNetGen = options.Workload.NetGen is not null;
        if (!hasNetGen)
        {
            if (options.Peer is null) throw new UsageException($"{options.Workload.Name} has no network of NetGen's, and --peer none leaves nobody");
            Console.Error.WriteLine($"note: {options.Workload.Name} has no network of NetGen's; the peer is measured alone");
        }
        using var netgen = hasNetGen ? new WorkerProcess(Side.NetGen, setup) : null;
        using var peer = options.Peer is { } side ? new WorkerProcess(side, setup) : null;
        double? difference = netgen is not null && peer is not null ? MaxAbsDifference(netgen.Outputs(), peer.Outputs()) : null;

        WorkerProcess[] sides = [.. new[] { netgen, peer }.OfType<WorkerProcess>()];
        double slowest = sides.Max(s => s.WarmUp(Math.Max(LeastWarmUpSeconds, options.Seconds / 4)));
        int rounds = (int)Math.Clamp(options.Seconds / slowest, FewestRounds, MostRounds);
        FmaPeak.Measure(options.Threads, PeakSeconds);
        var watch = new LoadWatch(cores, sides);
        var times = sides.ToDictionary(s => s, _ => new List<double>());
        var peaks = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            // The order turns around each time, so that a slow drift of the clock favours nobody.
            foreach (var worker in round % 2 == 0 ? sides : sides.Reverse()) times[worker].Add(worker.Round(options.Seconds / rounds));
            peaks.Add(FmaPeak.Measure(options.Threads, PeakSeconds));
        }
        watch.Report();

        var netgenTime = netgen is null ? null : Summary.Of(times[netgen]);
        var peerTime = peer is null ? null : Summary.Of(times[peer]);
        double operations = options.Workload.FloatingPointOperations(options.Mode, options.Batch);
        Results.Write(new Comparison(options.Workload.Name, options.Mode == Mode.Train ? "train" : "infer", options.Batch, options.Threads,
            netgenTime, options.Peer?.Label() ?? "none", peerTime,
            netgenTime is null || peerTime is null ? null : Results.Rounded(peerTime.Median / netgenTime.Median),
            netgenTime is null ? null : Results.Rounded(operations / netgenTime.Median * 1e-3),
            Summary.Of(peaks).Median,
            difference is { } d ? Results.Rounded(d) : null));
        return 0;
    }

    private static double MaxAbsDifference(float[] a, float[] b)
    {
        if (a.Length != b.Length) throw new MeasurementException($"NetGen's output has {a.Length} numbers, the peer's {b.Length}");
        double most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = Math.Abs((double)a[i] - b[i]);
            if (!double.IsFinite(difference)) throw new MeasurementException($"output {i}: NetGen's is {a[i]}, the peer's {b[i]}");
            most = Math.Max(most, difference);
        }
        return most;
    }
}
