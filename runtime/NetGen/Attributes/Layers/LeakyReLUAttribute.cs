namespace NetGen;

/// <summary>x above 0, negativeSlope x elsewhere.</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>The slope below 0; 0.3 unless given.</summary>
    public object? NegativeSlope { get; set; }
}
