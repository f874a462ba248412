namespace NetGen;

/// <summary>
/// A batch of spans: targets and sample weights are copied into memory that is kept for the next one, samples stay where they are. A copy of those would not
/// only take its time: each core that reads them would fetch them from the one that wrote them. Samples with a time are copied all the same, as a batch of sequences has them.
/// </summary>
internal sealed class SingleBatch : IDataSource
{
    private SingleBatch(NetworkDefinition definition, OutputHead[] heads, int[] inputShape, int[] targetShape, bool hasLengths, bool hasSampleWeights, int capacity)
    {
        InputInfo input = definition.Inputs[0];
        HoldsInput = input.Time > 0;
        Inputs = [new TensorInfo(input.Name, inputShape, isSequence: HoldsInput && hasLengths)];
        Targets = [new TensorInfo(heads[0].Info.Name, targetShape, isSequence: HoldsInput && hasLengths && HasSteps(heads[0], targetShape, inputShape[0]))];
        HasSampleWeights = hasSampleWeights;
        Batch = new Batch(HoldsInput ? Inputs : [], Targets, hasSampleWeights, capacity);
        Binding = DataBinding.Create(definition, heads, this, "x");
    }

    public Batch Batch { get; }

    public DataBinding Binding { get; }

    /// <summary>Whether the samples lie in the batch, too.</summary>
    public bool HoldsInput { get; }

    public long? SampleCount => null;

    public IReadOnlyList<TensorInfo> Inputs { get; }

    public IReadOnlyList<TensorInfo> Targets { get; }

    public bool HasSampleWeights { get; }

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) =>
        throw new NotSupportedException("A single batch has no reader.");

    /// <summary>Copies what belongs to samples into a batch, which is made anew only where the last one is too small or of another kind.</summary>
    /// <param name="last">The batch of the last call.</param>
    /// <param name="definition">The network.</param>
    /// <param name="engine">Knows the outputs.</param>
    /// <param name="x">The samples.</param>
    /// <param name="y">Their targets.</param>
    /// <param name="sampleWeights">A weight a sample, or empty.</param>
    /// <param name="lengths">How many steps of each sample count, or empty.</param>
    /// <param name="samples">The number of samples, where neither lengths nor the size of a sample tell it; 0 otherwise.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="InvalidOperationException">The network has several inputs or outputs.</exception>
    public static SingleBatch Fill(
        ref SingleBatch? last,
        NetworkDefinition definition,
        TrainingEngine engine,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> sampleWeights,
        ReadOnlySpan<int> lengths,
        int samples)
    {
        OutputHead[] heads = engine.Heads;
        if (definition.Inputs.Length != 1 || heads.Length != 1)
            throw new InvalidOperationException($"{definition.Name} has {definition.Inputs.Length} inputs and {heads.Length} outputs; a batch of spans is for one of each.");
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        InputInfo input = definition.Inputs[0];
        int count = CountSamples(definition.Name, input, x.Length, lengths.Length, samples);
        int targetSize = y.Length / count;
        if (targetSize == 0 || targetSize * count != y.Length)
        {
            throw new ArgumentException(
                $"y has {y.Length} values; a positive multiple of {count} is expected, the number of samples of x, for the output '{heads[0].Info.Name}'.", nameof(y));
        }

        if (!sampleWeights.IsEmpty && sampleWeights.Length != count)
            throw new ArgumentException($"There are {sampleWeights.Length} sample weights for {count} samples.", nameof(sampleWeights));
        int steps = input.Time > 0 ? x.Length / (count * input.Size) : 0;
        if (last is null || !last.Takes(count, steps, targetSize, !sampleWeights.IsEmpty, !lengths.IsEmpty))
        {
            if (input.Time > 0) input.CheckTime(definition.Name, steps, nameof(x));
            int[] inputShape = input.Shape.ToArray();
            if (input.Time > 0) inputShape[0] = steps;
            last = new SingleBatch(definition, heads, inputShape, TargetShape(engine, input, steps, targetSize), !lengths.IsEmpty, !sampleWeights.IsEmpty, count);
        }

        last.Fill(x, y, sampleWeights, lengths, count);
        return last;
    }

    private static int CountSamples(string network, InputInfo input, int values, int lengths, int samples)
    {
        if (input.Time == 0)
        {
            if (lengths > 0) throw new ArgumentException($"{network} has no time, and so no lengths; {lengths} were given.", nameof(lengths));
            int count = values / input.Size;
            if (count == 0 || count * input.Size != values)
                throw new ArgumentException($"x has {values} values; a positive multiple of {input.Size} is expected, the size of the input '{input.Name}'.", "x");
            return samples == 0 || samples == count ? count : throw new ArgumentException($"x has {count} samples; {samples} were said.", nameof(samples));
        }

        if (lengths > 0 && samples > 0 && lengths != samples) throw new ArgumentException($"There are {lengths} lengths for {samples} samples.", nameof(lengths));
        int known = Math.Max(lengths, samples);
        if (known == 0)
            throw new ArgumentException($"{network} has a time, so that x alone does not tell how many samples there are: give their lengths, or samples.", nameof(samples));
        if (values == 0 || values % ((long)known * input.Size) != 0)
        {
            throw new ArgumentException(
                $"x has {values} values; a positive multiple of {(long)known * input.Size} is expected, {known} samples of {input.Size} values a step of the input '{input.Name}'.", "x");
        }

        return known;
    }

    /// <summary>One value per sample is a label or a number; as many as the output has are of its shape; otherwise as many for each step.</summary>
    private static int[] TargetShape(TrainingEngine engine, InputInfo input, int steps, int targetSize)
    {
        OutputInfo output = engine.Heads[0].Info;
        int[] shape = output.Shape.ToArray();
        int size = engine.OutputSize(0, input.Time, steps), time = Array.IndexOf(shape, -1);
        if (time >= 0) shape[time] = size / output.Size;
        if (targetSize == size) return shape;
        if (time != 0 || targetSize % shape[0] != 0) return [targetSize];
        return targetSize == shape[0] ? [targetSize] : [shape[0], targetSize / shape[0]];
    }

    /// <summary>Whether a target has something for each step of the samples, which then counts as far as they do.</summary>
    private static bool HasSteps(OutputHead head, int[] targetShape, int steps) => head.Info.Shape is [-1, ..] && targetShape[0] == steps;

    private bool Takes(int count, int steps, int targetSize, bool hasSampleWeights, bool hasLengths) =>
        count <= Batch.Capacity && HasSampleWeights == hasSampleWeights && Targets[0].Size == targetSize
        && (!HoldsInput || (Inputs[0].Shape[0] == steps && Inputs[0].IsSequence == hasLengths));

    private void Fill(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> sampleWeights, ReadOnlySpan<int> lengths, int count)
    {
        if (HoldsInput) x.CopyTo(Batch.InputBuffer(0));
        y.CopyTo(Batch.TargetBuffer(0));
        sampleWeights.CopyTo(Batch.SampleWeightBuffer);
        if (HoldsInput && !lengths.IsEmpty)
        {
            lengths.CopyTo(Batch.InputLengthBuffer(0));
            if (Targets[0].IsSequence) lengths.CopyTo(Batch.TargetLengthBuffer(0));
        }

        Batch.Count = count;
    }
}
