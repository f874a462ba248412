namespace NetGen;

/// <summary>An initializer whose variance is that of <see cref="VarianceScaling"/>: it depends on how many inputs and outputs a unit has.</summary>
public abstract class ScaledInitializer : RandomInitializer
{
    /// <summary>Sets the initializer's own seed.</summary>
    /// <param name="seed">A seed of its own, or null for the network's.</param>
    private protected ScaledInitializer(int? seed) : base(seed) { }

    /// <summary>The variance and the distribution.</summary>
    private protected abstract VarianceScaling Scaling { get; }

    /// <summary>Fills a tensor whose shape does not tell how many inputs and outputs a unit has.</summary>
    /// <param name="logical">The elements.</param>
    /// <param name="fans">The numbers of inputs and outputs.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The number of the weight within the network.</param>
    internal void Fill(Span<float> logical, (double In, double Out) fans, ulong seed, uint stream)
    {
        (seed, stream) = OwnOr(seed, stream);
        Scaling.Draw(logical, fans, seed, stream);
    }

    private protected sealed override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream) =>
        Scaling.Draw(logical, NetGen.VarianceScaling.ComputeFans(shape), seed, stream);
}
