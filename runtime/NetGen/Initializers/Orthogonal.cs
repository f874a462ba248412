namespace NetGen;

/// <summary>
/// A random matrix with orthonormal columns, or rows where it has fewer rows than columns, times <c>gain</c> (Saxe et al., 2014). Of a tensor with more
/// axes, all but the last count as rows.
/// </summary>
public sealed class Orthogonal : RandomInitializer
{
    private readonly double _gain;

    /// <summary>Sets the factor.</summary>
    /// <param name="gain">The norm of the columns, or rows.</param>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gain"/> is not finite.</exception>
    public Orthogonal(double gain = 1.0, int? seed = null) : base(seed) => _gain = Arguments.Finite(gain, nameof(gain));

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        if (shape.Length < 2)
            throw new ArgumentException($"Orthogonal needs two axes or more; the shape is {TensorInfo.FormatShape(shape)}.", nameof(shape));
        if (logical.IsEmpty)
            return;
        int columns = shape[^1], rows = logical.Length / columns;
        int length = Math.Max(rows, columns), count = Math.Min(rows, columns);
        Distributions.FillNormal(logical, 0, 1, seed, stream);
        // Vector k is the k-th column of the normal matrix (length, count), and then of its Q.
        double[] vectors = new double[logical.Length];
        for (int i = 0; i < length; i++)
        {
            for (int k = 0; k < count; k++)
                vectors[(k * length) + i] = logical[(i * count) + k];
        }
        HouseholderQ.Compute(vectors, length, count);
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < length; i++)
                logical[rows >= columns ? (i * columns) + k : (k * columns) + i] = (float)(_gain * vectors[(k * length) + i]);
        }
    }
}
