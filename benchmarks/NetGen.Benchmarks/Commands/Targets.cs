namespace NetGen.Benchmarks;

/// <summary>What NetGen is to reach, as the table shows it beside the figures.</summary>
internal static class Targets
{
    public const string ColdJit = "below 50 ms", ColdAot = "below 15 ms", Generator = "warm below 50 ms, every step cached";

    private static readonly Dictionary<(string Workload, string Mode, int Batch, int Threads), double> Ratios = new()
    {
        [("mlp-tiny", "infer", 1, 1)] = 40,
        [("mlp", "infer", 1, 1)] = 2,
        [("mlp-wide", "infer", 1, 1)] = 1.1,
        [("mlp", "infer", 64, 1)] = 1.05,
        [("mlp-wide", "infer", 64, 1)] = 1,
        [("mlp", "infer", 64, 2)] = 1.25,
        [("mlp-wide", "infer", 64, 2)] = 1.1,
        [("mlp-tiny", "train", 32, 1)] = 25,
        [("mlp", "train", 128, 1)] = 2.8,
        [("mlp-wide", "train", 128, 1)] = 2.8,
        [("mlp", "train", 128, 2)] = 5,
        [("mlp-wide", "train", 128, 2)] = 2.8,
        [("lenet", "infer", 1, 1)] = 1.2,
        [("lenet", "infer", 64, 1)] = 1.1,
        [("lenet", "train", 64, 1)] = 2.5,
    };

    /// <summary>The least ratio, for the peer that is best in that mode; null where none is set.</summary>
    public static double? LeastRatio(Comparison c) =>
        c.Peer == (c.Mode == "train" ? Side.TorchSharp : Side.Ort).Label() && Ratios.TryGetValue((c.Workload, c.Mode, c.Batch, c.Threads), out double ratio)
            ? ratio
            : null;
}
