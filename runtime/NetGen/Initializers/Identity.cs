namespace NetGen;

/// <summary><c>gain</c> on the diagonal of a matrix and 0 elsewhere.</summary>
public sealed class Identity : Initializer
{
    private readonly float _gain;

    /// <summary>A multiple of the identity.</summary>
    /// <param name="gain">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gain"/> is not finite.</exception>
    public Identity(double gain = 1.0) => _gain = (float)Arguments.Finite(gain, nameof(gain));

    /// <inheritdoc/>
    protected override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        if (shape.Length != 2)
            throw new ArgumentException($"Identity fills matrices only; the shape is {TensorInfo.FormatShape(shape)}.", nameof(shape));
        logical.Clear();
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++)
            logical[(i * shape[1]) + i] = _gain;
    }
}
