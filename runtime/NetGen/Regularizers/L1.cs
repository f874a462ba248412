namespace NetGen;

/// <summary><c>l1 * sum(|w|)</c>.</summary>
/// <param name="l1">The factor of the magnitudes.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
public sealed class L1(double l1 = 0.01) : Regularizer
{
    private readonly L1L2 _both = new(l1: l1);

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape) => _both.Penalty(weights, shape);

    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, Span<float> gradients)
        => _both.AddGradient(weights, shape, gradients);
}
