namespace NetGen;

/// <summary>x where |x| is above the threshold, else 0.</summary>
public sealed class HardShrinkAttribute : LayerAttribute
{
    /// <summary>A threshold of 0.5.</summary>
    public HardShrinkAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="threshold">At least 0.</param>
    public HardShrinkAttribute(double threshold) => this.Threshold = threshold;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="threshold">At least 0.</param>
    public HardShrinkAttribute(object threshold) => this.Threshold = threshold;

    /// <summary>At least 0; 0.5 unless given.</summary>
    public object? Threshold { get; }
}
