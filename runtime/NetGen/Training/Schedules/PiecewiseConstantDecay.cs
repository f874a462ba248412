namespace NetGen;

/// <summary>
/// The first value up to and including the first boundary, the second up to and including the second, and so on; the last value afterwards.
/// </summary>
public sealed class PiecewiseConstantDecay : Schedule
{
    private readonly long[] _boundaries;
    private readonly double[] _values;

    /// <summary>Sets up the schedule.</summary>
    /// <param name="boundaries">The last step of each piece but the last, strictly ascending.</param>
    /// <param name="values">The rates, one more than boundaries.</param>
    /// <exception cref="ArgumentException">There is not one value more than boundaries, or a boundary is not above the one before.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative or not finite.</exception>
    public PiecewiseConstantDecay(ReadOnlySpan<long> boundaries, ReadOnlySpan<double> values)
    {
        if (values.Length != boundaries.Length + 1)
        {
            throw new ArgumentException(
                $"There are {values.Length} values for {boundaries.Length} boundaries; expected {boundaries.Length + 1}.", nameof(values));
        }
        for (int i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
            {
                throw new ArgumentException(
                    $"Boundary {i} is {boundaries[i]} after {boundaries[i - 1]}; expected ascending boundaries.", nameof(boundaries));
            }
        }
        foreach (double value in values)
            Arguments.NotNegative(value, nameof(values));
        _boundaries = boundaries.ToArray();
        _values = values.ToArray();
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        int piece = Array.BinarySearch(_boundaries, step);
        return _values[piece < 0 ? ~piece : piece];
    }
}
