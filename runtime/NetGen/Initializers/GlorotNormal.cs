namespace NetGen;

/// <summary>Truncated normal with the variance <c>2 / (fanIn + fanOut)</c> (Glorot and Bengio, 2010).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class GlorotNormal(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(1.0, "fan_avg", "truncated_normal");

    private protected override VarianceScaling Scaling => Law;
}
