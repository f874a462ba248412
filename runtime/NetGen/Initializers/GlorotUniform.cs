namespace NetGen;

/// <summary>Uniform on [-l, l] with <c>l = sqrt(6 / (fanIn + fanOut))</c> (Glorot and Bengio, 2010).</summary>
/// <param name="seed">A seed of its own, or null for the network's.</param>
public sealed class GlorotUniform(int? seed = null) : ScaledInitializer(seed)
{
    private static readonly VarianceScaling Law = new(1.0, "fan_avg", "uniform");

    private protected override VarianceScaling Scaling => Law;
}
