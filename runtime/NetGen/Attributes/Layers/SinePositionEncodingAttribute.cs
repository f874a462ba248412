namespace NetGen;

/// <summary>
/// Sines and cosines of the position in the input's shape, each pair of features with a wave of its own (Vaswani et al. 2017; KerasHub's SinePositionEncoding): (batch, time, features) to
/// (batch, time, features), which an Add puts on the input. Y[.., t, i] = sin(t w) of even features i and cos(t w) of odd ones, with w = maxWavelength^(-2 floor(i / 2) / features).
/// </summary>
public sealed class SinePositionEncodingAttribute : LayerAttribute
{
    /// <summary>The longest wave, an integer in units of steps by 2 pi; 10,000 unless given.</summary>
    public object? MaxWavelength { get; set; }
}
