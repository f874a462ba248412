namespace NetGen;

/// <summary>Norms go towards the range from <c>minValue</c> to <c>maxValue</c>: to <c>rate * clip(norm) + (1 - rate) * norm</c>.</summary>
public sealed class MinMaxNorm : NormConstraint
{
    private readonly double _minValue;
    private readonly double _maxValue;
    private readonly double _rate;

    /// <summary>Sets the range, along one axis.</summary>
    /// <param name="minValue">The smallest norm.</param>
    /// <param name="maxValue">The largest norm.</param>
    /// <param name="rate">How far norms go in one step: 1 to the range, less only a part of the way.</param>
    /// <param name="axis">The axis along which norms are taken; negative counts from the end. Of a dense kernel (inputs, units) 0 limits each unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A norm is negative or not finite, the largest is below the smallest, or <paramref name="rate"/> is not between 0 and 1.
    /// </exception>
    public MinMaxNorm(double minValue = 0.0, double maxValue = 1.0, double rate = 1.0, int axis = 0) : this(minValue, maxValue, rate, [axis]) { }

    /// <summary>Sets the range, along several axes.</summary>
    /// <param name="minValue">The smallest norm.</param>
    /// <param name="maxValue">The largest norm.</param>
    /// <param name="rate">How far norms go in one step: 1 to the range, less only a part of the way.</param>
    /// <param name="axis">The axes along which norms are taken; of a convolution's kernel 0, 1 and 2 limit each filter.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A norm is negative or not finite, the largest is below the smallest, or <paramref name="rate"/> is not between 0 and 1.
    /// </exception>
    public MinMaxNorm(double minValue, double maxValue, double rate, int[] axis) : base(axis)
    {
        _minValue = Arguments.NotNegative(minValue, nameof(minValue));
        _maxValue = Arguments.NotNegative(maxValue, nameof(maxValue));
        if (maxValue < minValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxValue), maxValue, $"maxValue is {Arguments.Format(maxValue)}; expected a number that is not below minValue, {Arguments.Format(minValue)}.");
        }
        _rate = rate is >= 0 and <= 1
            ? rate : throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate is {Arguments.Format(rate)}; expected a number from 0 to 1.");
    }

    private protected override double Desired(double norm) => (_rate * Math.Clamp(norm, _minValue, _maxValue)) + ((1 - _rate) * norm);
}
