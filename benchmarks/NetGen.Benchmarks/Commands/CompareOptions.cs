using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>What to compare; <paramref name="Peer"/> is null for NetGen alone.</summary>
internal sealed record CompareOptions(Workload Workload, Mode Mode, int Batch, int Threads, Side? Peer, double Seconds)
{
    /// <exception cref="UsageException">An unknown workload or option, or a value that the option does not take.</exception>
    public static CompareOptions Parse(string name, ReadOnlySpan<string> options)
    {
        if (name.StartsWith('-')) throw new UsageException($"a workload or command must come first, not '{name}'");
        var workload = WorkloadTable.Find(name);
        Mode mode = Mode.Infer;
        int? batch = null;
        int threads = 1;
        string? peer = null;
        double seconds = 5;
        for (int i = 0; i < options.Length; i += 2)
        {
            var option = options[i];
            if (option is not ("--mode" or "--batch" or "--threads" or "--peer" or "--seconds"))
                throw new UsageException($"unknown argument '{option}'");
            if (i + 1 == options.Length) throw new UsageException($"{option} lacks its value");
            var value = options[i + 1];
            switch (option)
            {
                case "--mode":
                    mode = value switch { "infer" => Mode.Infer, "train" => Mode.Train, _ => throw Unexpected(option, value, "infer or train") };
                    break;
                case "--batch": batch = Positive(option, value); break;
                case "--threads": threads = Positive(option, value); break;
                case "--peer": peer = value; break;
                case "--seconds": seconds = ParseSeconds(value); break;
            }
        }
        int largestBatch = Array.MaxLength / Math.Max(workload.Inputs.Max(input => input.Size), Elements(workload.OutputShape));
        if (batch > largestBatch)
            throw Unexpected("--batch", $"{batch}", $"at most {largestBatch} samples of {workload.Name}, so that an array holds them");
        return new CompareOptions(workload, mode, batch ?? workload.DefaultBatch(mode), threads, ParsePeer(peer, mode), seconds);
    }

    /// <exception cref="UsageException">It is no number, or out of range.</exception>
    public static double ParseSeconds(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 3600 ? seconds
            : throw Unexpected("--seconds", value, "a number of seconds above 0 and up to 3600");

    private static Side? ParsePeer(string? value, Mode mode) => (value, mode) switch
    {
        (null, Mode.Infer) or ("ort", Mode.Infer) => Side.Ort,
        (null, Mode.Train) or ("torchsharp", _) => Side.TorchSharp,
        ("none", _) => null,
        ("ort", Mode.Train) => throw new UsageException("--peer ort: ONNX Runtime's package does not train; use torchsharp or none"),
        _ => throw Unexpected("--peer", value!, "ort, torchsharp or none"),
    };

    private static int Elements(int[] shape) => shape.Aggregate(1, (a, b) => a * b);

    private static int Positive(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw Unexpected(option, value, "a whole number above 0");

    private static UsageException Unexpected(string option, string found, string expected) =>
        new($"{option} takes {expected}, not '{found}'");
}
