namespace NetGen;

/// <summary>Y = X / |X|: the root of the sum of the squares over some axes of each sample becomes 1. Where it is below 1e-6, X is divided by that.</summary>
public sealed class UnitNormalizationAttribute : LayerAttribute
{
    /// <summary>Over the last axis.</summary>
    public UnitNormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public UnitNormalizationAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes.</param>
    public UnitNormalizationAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes; the last unless given.</summary>
    public object? Axis { get; }
}
