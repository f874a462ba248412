namespace NetGen;

/// <summary><c>l2 * sum(w²)</c>.</summary>
/// <param name="l2">The factor of the squares.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
public sealed class L2(double l2 = 0.01) : Regularizer
{
    private readonly L1L2 _both = new(l2: l2);

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape) => _both.Penalty(weights, shape);

    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, Span<float> gradients)
        => _both.AddGradient(weights, shape, gradients);
}
