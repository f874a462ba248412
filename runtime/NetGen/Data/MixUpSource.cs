namespace NetGen;

/// <summary>Each sample blended with another one of its batch, by a weight of the batch. Zhang, Cisse, Dauphin, Lopez-Paz: "mixup: beyond empirical risk minimization", 2018; as Keras's MixUp.</summary>
internal sealed class MixUpSource : MixingSource
{
    private readonly double alpha;

    public MixUpSource(IDataSource source, double alpha, ulong seed)
        : base(source, seed, "MixUp")
    {
        this.alpha = alpha > 0 && double.IsFinite(alpha) ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A finite number above 0 is expected.");
    }

    protected override void Draw(ref MixingDraws draws, Span<SampleMix> mixes) => mixes.Fill(new SampleMix(draws.Beta(alpha), 0, 0, 0, 0));

    protected override void MixInput(SampleMix mix, ReadOnlySpan<int> shape, ReadOnlySpan<float> own, ReadOnlySpan<float> other, Span<float> destination) => Blend(mix.Weight, own, other, destination);
}
