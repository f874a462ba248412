namespace NetGen.Benchmarks;

/// <summary>The setup's one batch as a data set, for networks with several inputs.</summary>
internal sealed class SetupData(Setup setup) : IDataSource
{
    public long? SampleCount => setup.Batch;

    public IReadOnlyList<TensorInfo> Inputs { get; } = [.. setup.Workload.Inputs.Select(input => new TensorInfo(input.Name, input.OutputShape))];

    public IReadOnlyList<TensorInfo> Targets { get; } = [new TensorInfo("targets", setup.Workload.OutputShape)];

    public bool HasSampleWeights => false;

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) => new Reader(setup);

    private sealed class Reader(Setup setup) : BatchReader
    {
        private bool isRead;

        public override bool TryRead(Batch batch)
        {
            if (isRead) return false;
            for (int i = 0; i < setup.Inputs.Count; i++) setup.Inputs[i].CopyTo(batch.InputBuffer(i));
            setup.Targets.CopyTo(batch.TargetBuffer(0));
            batch.Count = setup.Batch;
            isRead = true;
            return true;
        }
    }
}
