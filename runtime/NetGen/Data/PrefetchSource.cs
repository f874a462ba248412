namespace NetGen;

/// <summary>A source whose readers run ahead on a thread of their own.</summary>
internal sealed class PrefetchSource(IDataSource source, int batches) : IDataSource
{
    public long? SampleCount => source.SampleCount;

    public IReadOnlyList<TensorInfo> Inputs => source.Inputs;

    public IReadOnlyList<TensorInfo> Targets => source.Targets;

    public bool HasSampleWeights => source.HasSampleWeights;

    public bool RepeatsInputs => source.RepeatsInputs;

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false)
    {
        var ready = new Batch[batches];
        for (int i = 0; i < batches; i++) ready[i] = new Batch(source, batchSize);
        return new PrefetchReader(source.CreateReader(batchSize, shuffleSeed, epoch, dropRemainder), ready);
    }
}
