namespace NetGen.Tests.Data;

/// <summary>A stream of a user's own: of unknown length, with a delegate for every batch.</summary>
internal sealed class FakeSource : IDataSource
{
    public long? SampleCount => null;

    public IReadOnlyList<TensorInfo> Inputs { get; init; } = [new TensorInfo("input", [1])];

    public IReadOnlyList<TensorInfo> Targets { get; init; } = [];

    public bool HasSampleWeights { get; init; }

    public Func<Batch, bool> Fill { get; init; } = _ => false;

    public bool ReaderDisposed { get; private set; }

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) => new Reader(this);

    private sealed class Reader(FakeSource source) : BatchReader
    {
        public override bool TryRead(Batch batch) => source.Fill(batch);

        protected override void Dispose(bool disposing) => source.ReaderDisposed = true;
    }
}
