namespace NetGen;

/// <summary>A source whose samples are mixed within each batch, the labels with them.</summary>
internal abstract class MixingSource : IDataSource
{
    private readonly IDataSource source;
    private readonly ulong seed;

    /// <param name="source">What is mixed.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="what">The method's name, for messages.</param>
    protected MixingSource(IDataSource source, ulong seed, string what)
    {
        ArgumentNullException.ThrowIfNull(source);
        (this.source, this.seed) = (source, seed);
        if (source.Targets.Count == 0) throw new ArgumentException($"{what} mixes labels too, and the data has no targets.", nameof(source));
        foreach (TensorInfo info in source.Inputs.Concat(source.Targets))
        {
            if (info.IsSequence) throw new ArgumentException($"{what} mixes samples of one shape; '{info.Name}' {TensorInfo.FormatShape(info.Shape)} holds sequences.", nameof(source));
        }

        foreach (TensorInfo info in source.Inputs)
        {
            if (info.ElementType == ElementType.Int32) throw new ArgumentException($"{what} mixes values; the input '{info.Name}' holds integers, of which no mixture means anything.", nameof(source));
        }

        foreach (TensorInfo info in source.Targets)
        {
            if (info.ElementType != ElementType.Float32)
            {
                throw new ArgumentException(
                    $"{what} mixes labels, which must be one-hot vectors; '{info.Name}' {TensorInfo.FormatShape(info.Shape)} holds {info.ElementType}. ToCategorical() makes vectors of integer labels, OneHot those of a folder's classes.",
                    nameof(source));
            }
        }

        // Mixtures of bytes are none.
        Inputs = [.. source.Inputs.Select(info => new TensorInfo(info.Name, info.Shape))];
    }

    public long? SampleCount => source.SampleCount;

    public IReadOnlyList<TensorInfo> Inputs { get; }

    public IReadOnlyList<TensorInfo> Targets => source.Targets;

    public bool HasSampleWeights => source.HasSampleWeights;

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) =>
        new Reader(this, source.CreateReader(batchSize, shuffleSeed, epoch, dropRemainder), batchSize, epoch);

    /// <summary>Draws what is done with the next batch.</summary>
    /// <param name="draws">The random numbers.</param>
    /// <param name="mixes">Receives for each sample what becomes of it.</param>
    protected abstract void Draw(ref MixingDraws draws, Span<SampleMix> mixes);

    /// <summary>Writes a mixed sample of an input.</summary>
    /// <param name="mix">What becomes of it.</param>
    /// <param name="shape">The sample's shape.</param>
    /// <param name="own">Its values.</param>
    /// <param name="other">Those of the sample that it is mixed with.</param>
    /// <param name="destination">Receives the mixture.</param>
    protected abstract void MixInput(SampleMix mix, ReadOnlySpan<int> shape, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination);

    /// <summary>Writes a mixed sample of a target, as <see cref="MixInput"/> does for inputs.</summary>
    protected virtual void MixTarget(SampleMix mix, ReadOnlySpan<int> shape, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination) =>
        Blend(mix.Weight, own, other, destination);

    /// <summary>weight own + (1 - weight) other.</summary>
    protected static void Blend(double weight, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination)
    {
        (float w, float v) = ((float)weight, (float)(1 - weight));
        for (int i = 0; i < destination.Length; i++) destination[i] = (w * own[i]) + (v * other[i]);
    }

    /// <summary>Mixes what another reader reads, in place. It allocates nothing per batch.</summary>
    private sealed class Reader : BatchReader
    {
        private readonly MixingSource owner;
        private readonly BatchReader inner;
        private readonly int epoch;
        private readonly int[] order;
        private readonly SampleMix[] mixes;
        private readonly float[] before;
        private int index;

        public Reader(MixingSource owner, BatchReader inner, int batchSize, int epoch)
        {
            (this.owner, this.inner, this.epoch) = (owner, inner, epoch);
            order = new int[batchSize];
            mixes = new SampleMix[batchSize];
            before = new float[checked(batchSize * owner.Inputs.Concat(owner.Targets).Max(info => info.Size))];
        }

        public override bool TryRead(Batch batch)
        {
            if (!inner.TryRead(batch)) return false;
            MixingDraws draws = new(owner.seed, epoch, index++);
            Span<SampleMix> drawn = mixes.AsSpan(0, batch.Count);
            draws.Order(order.AsSpan(0, batch.Count));
            owner.Draw(ref draws, drawn);
            for (int i = 0; i < owner.Inputs.Count; i++) Mix(owner.Inputs[i], batch.InputBuffer(i), drawn, isInput: true);
            for (int i = 0; i < owner.Targets.Count; i++) Mix(owner.Targets[i], batch.TargetBuffer(i), drawn, isInput: false);
            return true;
        }

        protected override void Dispose(bool disposing) => inner.Dispose();

        private void Mix(TensorInfo info, Span<float> values, ReadOnlySpan<SampleMix> drawn, bool isInput)
        {
            int size = info.Size;
            values[..(size * drawn.Length)].CopyTo(before);
            for (int i = 0; i < drawn.Length; i++)
            {
                ReadOnlySpan<float> own = before.AsSpan(i * size, size), other = before.AsSpan(order[i] * size, size);
                Span<float> destination = values.Slice(i * size, size);
                if (isInput) owner.MixInput(drawn[i], info.Shape, own, other, destination);
                else owner.MixTarget(drawn[i], info.Shape, own, other, destination);
            }
        }
    }
}
