namespace NetGen;

/// <summary>
/// Normally distributed numbers, of which those beyond two standard deviations from the mean are drawn again. The spread of what remains is
/// 0.88 times <c>stddev</c>.
/// </summary>
public sealed class TruncatedNormal : RandomInitializer
{
    private readonly double _mean;
    private readonly double _stddev;

    /// <summary>Sets the distribution.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation before numbers are discarded.</param>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or <paramref name="stddev"/> is negative.</exception>
    public TruncatedNormal(double mean = 0.0, double stddev = 0.05, int? seed = null) : base(seed)
    {
        _mean = Arguments.Finite(mean, nameof(mean));
        _stddev = Arguments.NotNegative(stddev, nameof(stddev));
    }

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
        => Distributions.FillTruncatedNormal(logical, _mean, _stddev, seed, stream);
}
