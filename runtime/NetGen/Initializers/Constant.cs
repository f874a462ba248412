namespace NetGen;

/// <summary>The same value in all elements, or given values.</summary>
public sealed class Constant : Initializer
{
    private readonly float[] _values;

    /// <summary>The same value in all elements.</summary>
    /// <param name="value">The value, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public Constant(double value = 0.0) => _values = [(float)Arguments.Finite(value, nameof(value))];

    /// <summary>One value for each element of the tensor.</summary>
    /// <param name="value">The values, row-major; one alone goes to all elements.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public Constant(float[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
            throw new ArgumentException("There are no values; expected one, or one for each element of the tensor.", nameof(value));
        _values = [.. value];
    }

    /// <inheritdoc/>
    protected override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        if (_values.Length == 1)
        {
            logical.Fill(_values[0]);
            return;
        }
        if (_values.Length != logical.Length)
        {
            throw new ArgumentException(
                $"Constant has {_values.Length} values; expected {logical.Length} for the shape {TensorInfo.FormatShape(shape)}.", nameof(shape));
        }
        _values.CopyTo(logical);
    }
}
