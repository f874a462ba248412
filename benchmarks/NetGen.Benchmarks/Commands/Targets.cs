using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>What NetGen is to reach, as the table shows it beside the figures.</summary>
internal static class Targets
{
    public const string Build = "below 10 s", Check = "below 10 ms";

    private const string Cached = "every step cached";

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
        [("attention", "infer", 1, 1)] = 1.2,
        [("attention", "train", 32, 1)] = 1.2,
        [("mobilenetv2", "infer", 1, 1)] = 1.3,
        [("mobilenetv2", "infer", 32, 1)] = 1.6,
        [("squeezenet", "infer", 1, 1)] = 1.3,
        [("resnet50", "infer", 1, 1)] = 1.3,
        [("resnet50", "infer", 1, 2)] = 1.3,
        [("vgg16", "infer", 1, 1)] = 2.2,
        [("vgg16", "infer", 1, 2)] = 2.2,
        [("resnet20-cifar", "train", 64, 1)] = 1.4,
        [("resnet20-cifar", "train", 64, 2)] = 1.6,
        [("lstm", "infer", 1, 1)] = 1.7,
        [("lstm", "infer", 32, 1)] = 1.2,
        [("lstm", "train", 32, 1)] = 1.5,
        [("lstm", "train", 32, 2)] = 2.5,
        [("lstm-stream-20", "infer", 1, 1)] = 20,
        [("lstm-stream-64", "infer", 1, 1)] = 20,
        [("seq2seq", "infer", 1, 1)] = 1.5,
        [("seq2seq", "train", 64, 1)] = 1.5,
        [("seq2seq-decode", "infer", 1, 1)] = 1.5,
        [("gru", "infer", 1, 1)] = 2,
        [("gru", "infer", 32, 1)] = 1.5,
        [("gru", "train", 32, 1)] = 2,
        [("resnet50", "train", 8, 1)] = 1.4,
        [("resnet50", "train", 8, 2)] = 1.4,
        [("vgg16", "train", 4, 1)] = 1.7,
    };

    /// <summary>The least ratio of NetGen's speed to the peer's, by workload, mode, batch and threads.</summary>
    public static IReadOnlyDictionary<(string Workload, string Mode, int Batch, int Threads), double> LeastRatios => Ratios;

    /// <summary>The memory of a training step is to be less than TorchSharp's, that of inference not much more than ONNX Runtime's.</summary>
    public static double MostMemory(MemoryUse m) => m.Mode == "train" ? 1 : 1.3;

    public static string ColdJit(string workload) => workload == "resnet50" ? "below 500 ms without loading" : "below 50 ms";

    public static string ColdAot(string workload) => workload == "resnet50" ? "" : "below 15 ms";

    public const string Import = "below 3,000 ms, a ratio of at most 1";

    /// <summary>By the generator's networks: its first run in a process and a later one, in milliseconds, and the megabytes of text; 0 where there is no target.</summary>
    public static IReadOnlyDictionary<string, (int FirstRun, int LaterRun, double Text)> Generators { get; } = new Dictionary<string, (int, int, double)>
    {
        ["mlp"] = (0, 50, 0),
        ["resnet50"] = (0, 1000, 0.8),
        ["resnet152"] = (5000, 2000, 0),
        ["densenet121"] = (5000, 2000, 0),
        ["tape500"] = (5000, 2000, 0),
    };

    public static string Generator(string network)
    {
        (int first, int later, double text) = Generators[network];
        string[] parts =
        [
            first > 0 ? string.Create(CultureInfo.InvariantCulture, $"its run below {first:N0} ms") : "",
            string.Create(CultureInfo.InvariantCulture, $"warm below {later:N0} ms"),
            text > 0 ? string.Create(CultureInfo.InvariantCulture, $"below {text} MB") : "",
            Cached,
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>The least ratio, for the peer that is best in that mode, or for each that may be; null where none is set.</summary>
    public static double? LeastRatio(Comparison c) =>
        (c.Peer == (c.Mode == "train" ? Side.TorchSharp : Side.Ort).Label()
            || (c.Workload, c.Mode, c.Batch) is ("mobilenetv2", "infer", 32) or ("attention", "infer", 1)
            || (c.Workload is "lstm" or "gru" or "seq2seq" or "seq2seq-decode" or "lstm-stream-20" or "lstm-stream-64" && c.Mode == "infer"))
        && Ratios.TryGetValue((c.Workload, c.Mode, c.Batch, c.Threads), out double ratio)
            ? ratio
            : null;
}
