namespace NetGen;

/// <summary>Truncated normal with the variance <c>1 / fanIn</c> (LeCun et al., 1998).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class LecunNormal(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(1.0, "fan_in", "truncated_normal");

    private protected override VarianceScaling Scaling => Law;
}
