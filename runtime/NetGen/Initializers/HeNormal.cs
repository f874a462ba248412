namespace NetGen;

/// <summary>Truncated normal with the variance <c>2 / fanIn</c> (He et al., 2015).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class HeNormal(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(2.0, "fan_in", "truncated_normal");

    private protected override VarianceScaling Scaling => Law;
}
