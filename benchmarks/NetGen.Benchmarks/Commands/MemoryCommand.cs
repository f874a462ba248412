namespace NetGen.Benchmarks;

/// <summary>The memory that a side needs while it steps, each of its variants in a process of its own; the peer's is that of the most frugal one.</summary>
internal static class MemoryCommand
{
    public static int Run(CompareOptions options)
    {
        var setup = new Setup(options.Workload, options.Mode, options.Batch, options.Threads);
        Cores.Pin(options.Threads);
        var folder = Directory.CreateTempSubdirectory("netgen-memory-");
        try
        {
            if (options.Workload.NetGen is { } adapter && options.Mode == Mode.Infer)
            {
                setup = setup with { WeightsFile = Path.Combine(folder.FullName, "model.safetensors") };
                adapter.Save(setup, setup.WeightsFile);
            }
            var netgen = options.Workload.NetGen is null ? null : LeastOf(Side.NetGen, setup);
            var peer = options.Peer is { } side ? LeastOf(side, setup) : null;
            Results.Write(new MemoryUse(options.Workload.Name, options.Mode == Mode.Train ? "train" : "infer", options.Batch, options.Threads,
                netgen, options.Peer?.Label() ?? "none", peer,
                netgen is null || peer is null ? null : Results.Rounded(netgen.Peak / peer.Peak)));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ResidentMemory LeastOf(Side side, Setup setup)
    {
        List<ResidentMemory> all = [];
        foreach (var (index, variant) in side.Variants(setup).Index())
        {
            using var process = WorkerProcess.Start(MemoryWorker.Arguments(side, setup, index), side.Environment(setup));
            var line = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new MeasurementException($"the {side.Label()} process ended with exit code {process.ExitCode}");
            all.Add(Results.Read<ResidentMemory>(line));
            Console.Error.WriteLine($"{side.Label()}: {variant.Name}: {line.Trim()}");
        }
        return all.MinBy(m => m.Peak)!;
    }
}
