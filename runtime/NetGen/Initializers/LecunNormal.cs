namespace NetGen;

/// <summary>Truncated normal with the variance <c>1 / fanIn</c> (LeCun et al., 1998).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class LecunNormal(int? seed = null) : RandomInitializer(seed)
{
    private static readonly VarianceScaling Scaling = new(1.0, "fan_in", "truncated_normal");

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
        => Scaling.Fill(logical, shape, seed, stream);
}
