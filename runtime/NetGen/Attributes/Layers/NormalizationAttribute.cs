namespace NetGen;

/// <summary>
/// (x - mean) / max(sqrt(variance), 1e-7): with constants, or with the statistics of data, which <c>model["normalization"].Adapt(data)</c> measures before training; until
/// then the mean is 0 and the variance 1.
/// </summary>
public sealed class NormalizationAttribute : LayerAttribute
{
    /// <summary>A mean for each element of the last axis.</summary>
    public NormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis that has a mean each.</param>
    public NormalizationAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">The axis or the array of axes that have a mean each; an empty array for one mean of everything.</param>
    public NormalizationAttribute(object axis) => this.Axis = axis;

    /// <summary>The axis or axes that have a mean each; the last unless given, an empty array for one mean of everything.</summary>
    public object? Axis { get; }

    /// <summary>The mean: a number or an array; with Variance, nothing is adapted to data.</summary>
    public object? Mean { get; set; }

    /// <summary>The variance: a number or an array; with Mean, nothing is adapted to data.</summary>
    public object? Variance { get; set; }

    /// <summary>Whether the layer undoes the normalization; false unless given.</summary>
    public object? Invert { get; set; }
}
