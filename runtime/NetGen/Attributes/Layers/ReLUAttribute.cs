namespace NetGen;

/// <summary>x above the threshold, held below the maximum; negativeSlope (x - threshold) elsewhere.</summary>
public sealed class ReLUAttribute : LayerAttribute
{
    /// <summary>The largest value of the output; none unless given.</summary>
    public object? MaxValue { get; set; }

    /// <summary>The slope below the threshold; 0 unless given.</summary>
    public object? NegativeSlope { get; set; }

    /// <summary>Where the slope changes; 0 unless given.</summary>
    public object? Threshold { get; set; }
}
