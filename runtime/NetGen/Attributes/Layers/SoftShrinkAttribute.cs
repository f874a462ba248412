namespace NetGen;

/// <summary>x - threshold above the threshold, x + threshold below its negative, 0 between.</summary>
public sealed class SoftShrinkAttribute : LayerAttribute
{
    /// <summary>A threshold of 0.5.</summary>
    public SoftShrinkAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="threshold">At least 0.</param>
    public SoftShrinkAttribute(double threshold) => this.Threshold = threshold;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="threshold">At least 0.</param>
    public SoftShrinkAttribute(object threshold) => this.Threshold = threshold;

    /// <summary>At least 0; 0.5 unless given.</summary>
    public object? Threshold { get; }
}
