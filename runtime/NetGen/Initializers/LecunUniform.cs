namespace NetGen;

/// <summary>Uniform on [-l, l] with <c>l = sqrt(3 / fanIn)</c> (LeCun et al., 1998).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class LecunUniform(int? seed = null) : RandomInitializer(seed)
{
    private static readonly VarianceScaling Scaling = new(1.0, "fan_in", "uniform");

    private protected override void Draw(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
        => Scaling.Fill(logical, shape, seed, stream);
}
