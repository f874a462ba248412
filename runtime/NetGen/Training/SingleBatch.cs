namespace NetGen;

/// <summary>
/// A batch of spans: targets and sample weights are copied into memory that is kept for the next one, samples stay where they are. A copy of those would not
/// only take its time: each core that reads them would fetch them from the one that wrote them.
/// </summary>
internal sealed class SingleBatch : IDataSource
{
    private SingleBatch(NetworkDefinition definition, OutputHead[] heads, TensorInfo target, bool hasSampleWeights, int capacity)
    {
        Inputs = [new TensorInfo(definition.Inputs[0].Name, definition.Inputs[0].Shape)];
        Targets = [target];
        HasSampleWeights = hasSampleWeights;
        Batch = new Batch([], Targets, hasSampleWeights, capacity);
        Binding = DataBinding.Create(definition, heads, this, "x");
    }

    public Batch Batch { get; }

    public DataBinding Binding { get; }

    public long? SampleCount => null;

    public IReadOnlyList<TensorInfo> Inputs { get; }

    public IReadOnlyList<TensorInfo> Targets { get; }

    public bool HasSampleWeights { get; }

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) =>
        throw new NotSupportedException("A single batch has no reader.");

    /// <summary>Copies what belongs to samples into a batch, which is made anew only where the last one is too small or of another kind.</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="InvalidOperationException">The network has several inputs or outputs.</exception>
    public static SingleBatch Fill(
        ref SingleBatch? last, NetworkDefinition definition, OutputHead[] heads, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> sampleWeights)
    {
        if (definition.Inputs.Length != 1 || heads.Length != 1)
            throw new InvalidOperationException($"{definition.Name} has {definition.Inputs.Length} inputs and {heads.Length} outputs; a batch of spans is for one of each.");
        InputInfo input = definition.Inputs[0];
        if (input.Time > 0) throw new InvalidOperationException($"{definition.Name} has a time, which a span does not tell; a data set does.");
        int count = x.Length / input.Size;
        if (count == 0 || count * input.Size != x.Length)
            throw new ArgumentException($"x has {x.Length} values; a positive multiple of {input.Size} is expected, the size of the input '{input.Name}'.", nameof(x));
        int targetSize = y.Length / count;
        if (targetSize == 0 || targetSize * count != y.Length)
        {
            throw new ArgumentException(
                $"y has {y.Length} values; a positive multiple of {count} is expected, the number of samples of x, for the output '{heads[0].Info.Name}'.", nameof(y));
        }

        if (!sampleWeights.IsEmpty && sampleWeights.Length != count)
            throw new ArgumentException($"There are {sampleWeights.Length} sample weights for {count} samples.", nameof(sampleWeights));
        if (last is null || last.Batch.Capacity < count || last.Targets[0].Size != targetSize || last.HasSampleWeights == sampleWeights.IsEmpty)
        {
            // One value per sample is a label or a number; as many as the output has are of its shape.
            ReadOnlySpan<int> shape = targetSize == heads[0].Info.Size ? heads[0].Info.Shape : [targetSize];
            last = new SingleBatch(definition, heads, new TensorInfo(heads[0].Info.Name, shape), !sampleWeights.IsEmpty, count);
        }

        y.CopyTo(last.Batch.TargetBuffer(0));
        sampleWeights.CopyTo(last.Batch.SampleWeightBuffer);
        last.Batch.Count = count;
        return last;
    }
}
