namespace NetGen.Benchmarks;

/// <summary>The contestants of each side.</summary>
internal static class Sides
{
    /// <summary>The ways in which <paramref name="side"/> may run <paramref name="setup"/>, at least one.</summary>
    public static IReadOnlyList<Variant> Variants(this Side side, Setup setup) => (side, setup.Mode) switch
    {
        (Side.NetGen, _) when setup.Workload.NetGen is { } adapter => [new("netgen", () => adapter.Create(setup))],
        (Side.Ort, Mode.Infer) when setup.Workload.IsDecoding => OrtDecoding.Variants(setup),
        (Side.TorchSharp, Mode.Infer) when setup.Workload.IsDecoding => TorchDecoding.Variants(setup),
        (Side.Ort, Mode.Infer) => OrtInference.Variants(setup),
        (Side.TorchSharp, Mode.Infer) => TorchInference.Variants(setup),
        (Side.TorchSharp, Mode.Train) => TorchTraining.Variants(setup),
        _ => throw new ArgumentException($"{side.Label()} does not run {setup.Workload.Name} in mode {setup.Mode}", nameof(side)),
    };

    /// <summary>Loads the side's native library into this process.</summary>
    public static void LoadLibrary(this Side side, Setup setup)
    {
        switch (side)
        {
            case Side.Ort:
                OrtInference.CreateOptions(setup.Threads).Dispose();
                break;
            case Side.TorchSharp:
                TorchNetwork.SetUp(setup.Threads);
                break;
        }
    }

    /// <summary>Environment variables that must be set before the process starts.</summary>
    public static IReadOnlyDictionary<string, string> Environment(this Side side, Setup setup)
    {
        // On one core the JIT waits ten times as long before each of its tiers, longer than a warm-up: what was measured then was the first tier.
        Dictionary<string, string> variables = new() { ["DOTNET_TC_DelaySingleProcMultiplier"] = "1" };
        if (side != Side.TorchSharp) return variables;
        foreach (var (name, value) in TorchNetwork.Environment(setup)) variables.Add(name, value);
        return variables;
    }
}
