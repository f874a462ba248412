namespace NetGen;

/// <summary>Y = scale X / sqrt(mean of X² + epsilon), with the mean of each sample over some axes (Zhang and Sennrich 2019, "Root Mean Square Layer Normalization").</summary>
public sealed class RMSNormalizationAttribute : LayerAttribute
{
    /// <summary>Over the last axis.</summary>
    public RMSNormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public RMSNormalizationAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes.</param>
    public RMSNormalizationAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes; the last unless given.</summary>
    public object? Axis { get; }

    /// <summary>Added to the mean; 1e-6 unless given.</summary>
    public object? Epsilon { get; set; }
}
