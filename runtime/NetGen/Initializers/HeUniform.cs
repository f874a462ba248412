namespace NetGen;

/// <summary>Uniform on [-l, l] with <c>l = sqrt(6 / fanIn)</c> (He et al., 2015).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class HeUniform(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(2.0, "fan_in", "uniform");

    private protected override VarianceScaling Scaling => Law;
}
