namespace NetGen;

/// <summary>An initializer that draws random numbers.</summary>
public abstract class RandomInitializer : Initializer
{
    private readonly int? _seed;

    /// <summary>Sets the initializer's own seed.</summary>
    /// <param name="seed">A seed that replaces the network's, so that all weights that it fills get the same numbers (as in Keras); null for the network's.</param>
    private protected RandomInitializer(int? seed) => _seed = seed;

    /// <inheritdoc/>
    protected sealed override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        (seed, stream) = OwnOr(seed, stream);
        Draw(logical, shape, seed, stream);
    }

    /// <summary>The seed and the stream of the numbers: the initializer's own, or those of the network.</summary>
    private protected (ulong Seed, uint Stream) OwnOr(ulong seed, uint stream) => _seed is { } own ? ((uint)own, 0) : (seed, stream);

    private protected abstract void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream);
}
