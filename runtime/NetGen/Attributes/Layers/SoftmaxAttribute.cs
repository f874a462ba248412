namespace NetGen;

/// <summary>exp(x) / sum(exp(x)) along axes.</summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>Along the last axis.</summary>
    public SoftmaxAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public SoftmaxAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes that are taken as one.</param>
    public SoftmaxAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; }

    /// <summary>The name of an output of the input's shape; where it is 0, an element counts for nothing.</summary>
    public string? Mask { get; set; }
}
