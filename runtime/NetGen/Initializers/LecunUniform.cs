namespace NetGen;

/// <summary>Uniform on [-l, l] with <c>l = sqrt(3 / fanIn)</c> (LeCun et al., 1998).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class LecunUniform(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(1.0, "fan_in", "uniform");

    private protected override VarianceScaling Scaling => Law;
}
