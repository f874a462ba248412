namespace NetGen;

/// <summary>Uniformly distributed numbers.</summary>
public sealed class RandomUniform : RandomInitializer
{
    private readonly double _minval;
    private readonly double _maxval;

    /// <summary>Sets the range.</summary>
    /// <param name="minval">The lower bound, which may occur.</param>
    /// <param name="maxval">The upper bound, which does not occur.</param>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or <paramref name="maxval"/> is below <paramref name="minval"/>.</exception>
    public RandomUniform(double minval = -0.05, double maxval = 0.05, int? seed = null) : base(seed)
    {
        _minval = Arguments.Finite(minval, nameof(minval));
        _maxval = Arguments.Finite(maxval, nameof(maxval));
        if (maxval < minval)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxval), maxval, $"maxval is {Arguments.Format(maxval)}; expected a number that is not below minval, {Arguments.Format(minval)}.");
        }
    }

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
        => Distributions.FillUniform(logical, _minval, _maxval, seed, stream);
}
