namespace NetGen;

/// <summary>x above the threshold, held below the maximum; negativeSlope (x - threshold) elsewhere.</summary>
public sealed class ReLUAttribute : LayerAttribute
{
    /// <summary>Without a largest value.</summary>
    public ReLUAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="maxValue">The largest value of the output.</param>
    public ReLUAttribute(double maxValue) => this.MaxValue = maxValue;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="maxValue">The largest value of the output.</param>
    public ReLUAttribute(object maxValue) => this.MaxValue = maxValue;

    /// <summary>The largest value of the output; none unless given.</summary>
    public object? MaxValue { get; }

    /// <summary>The slope below the threshold; 0 unless given.</summary>
    public object? NegativeSlope { get; set; }

    /// <summary>Where the slope changes; 0 unless given.</summary>
    public object? Threshold { get; set; }
}
