namespace NetGen;

/// <summary>Normally distributed numbers.</summary>
public sealed class RandomNormal : RandomInitializer
{
    private readonly double _mean;
    private readonly double _stddev;

    /// <summary>Sets the distribution.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation.</param>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or <paramref name="stddev"/> is negative.</exception>
    public RandomNormal(double mean = 0.0, double stddev = 0.05, int? seed = null) : base(seed)
    {
        _mean = Arguments.Finite(mean, nameof(mean));
        _stddev = Arguments.NotNegative(stddev, nameof(stddev));
    }

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
        => Distributions.FillNormal(logical, _mean, _stddev, seed, stream);
}
