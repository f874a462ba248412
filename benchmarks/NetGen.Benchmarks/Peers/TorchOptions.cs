namespace NetGen.Benchmarks;

/// <summary>How TorchSharp runs a network.</summary>
/// <param name="ForInference">Normalizations are folded into the convolutions before them.</param>
/// <param name="Logits">A softmax at the end is left to the loss.</param>
/// <param name="ChannelsLast">Maps and filters lie in memory channels last.</param>
/// <param name="Threads">Threads of libtorch.</param>
internal sealed record TorchOptions(bool ForInference, bool Logits, bool ChannelsLast, int Threads)
{
    /// <summary>With batches below this, libtorch told of one thread gives convolutions of 1x1 to MKL's AVX2 kernel rather than to oneDNN.</summary>
    private const int SmallBatch = 16;

    /// <summary>
    /// Which layout is best depends on the network, so both are tried where there are maps; and where a small batch runs on one core, two threads that share it.
    /// </summary>
    public static IReadOnlyList<Variant> Variants(Setup setup, Func<TorchOptions, IContestant> create)
    {
        bool forInference = setup.Mode == Mode.Infer;
        bool logits = !forInference && setup.Workload.Loss == TrainingLoss.SparseCategoricalCrossentropy;
        bool hasMaps = setup.Workload.Inputs[0].OutputShape.Length == 3;
        string kind = forInference ? "eager functions, inference_mode" : "eager functions";
        List<(string Name, bool Last, int Threads)> variants = [(hasMaps ? ", channels last" : "", true, setup.Threads)];
        if (hasMaps) variants.Add((", channels first", false, setup.Threads));
        if (hasMaps && setup.Threads == 1 && setup.Batch < SmallBatch) variants.Add((", channels last, two threads on the core", true, 2));
        return [.. variants.Select(v => new Variant(kind + v.Name, () => create(new TorchOptions(forInference, logits, v.Last, v.Threads))))];
    }
}
