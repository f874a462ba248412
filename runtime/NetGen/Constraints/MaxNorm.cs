namespace NetGen;

/// <summary>Norms are at most <c>maxValue</c>.</summary>
public sealed class MaxNorm : NormConstraint
{
    private readonly double _maxValue;

    /// <summary>Sets the largest norm, along one axis.</summary>
    /// <param name="maxValue">The largest norm.</param>
    /// <param name="axis">The axis along which norms are taken; negative counts from the end. Of a dense kernel (inputs, units) 0 limits each unit.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is negative or not finite.</exception>
    public MaxNorm(double maxValue = 2, int axis = 0) : this(maxValue, [axis]) { }

    /// <summary>Sets the largest norm, along several axes.</summary>
    /// <param name="maxValue">The largest norm.</param>
    /// <param name="axis">The axes along which norms are taken; of a convolution's kernel 0, 1 and 2 limit each filter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is negative or not finite.</exception>
    public MaxNorm(double maxValue, int[] axis) : base(axis) => _maxValue = Arguments.NotNegative(maxValue, nameof(maxValue));

    private protected override double Desired(double norm) => Math.Min(norm, _maxValue);
}
