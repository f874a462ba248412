namespace NetGen;

/// <summary>
/// How a weight gets its first values: an immutable description with Keras's name and defaults. Random ones are functions of (seed, stream,
/// element), so that a network has the same first weights wherever and in whatever order they are drawn.
/// </summary>
public abstract class Initializer
{
    /// <summary>Fills a tensor.</summary>
    /// <param name="logical">The tensor's elements, row-major in Keras's layout (a dense kernel is (inputs, units)).</param>
    /// <param name="shape">Its shape, without negative sizes; empty for a scalar.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The number of the weight within the network, so that each has its own random numbers.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="logical"/> is not that of the shape, or the initializer cannot fill such a shape.</exception>
    public void Fill(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        long count = 1;
        foreach (int size in shape)
            count *= size;
        if (count != logical.Length)
        {
            throw new ArgumentException(
                $"The tensor has {logical.Length} elements; expected {count} for the shape {Arguments.Format(shape)}.", nameof(logical));
        }
        Generate(logical, shape, seed, stream);
    }

    /// <summary>Fills a tensor whose length is known to be that of its shape.</summary>
    /// <inheritdoc cref="Fill"/>
    protected abstract void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream);
}
