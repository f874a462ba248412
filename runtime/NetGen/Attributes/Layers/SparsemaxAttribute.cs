namespace NetGen;

/// <summary>The projection of x onto the probability simplex along axes (Martins and Astudillo 2016).</summary>
public sealed class SparsemaxAttribute : LayerAttribute
{
    /// <summary>Along the last axis.</summary>
    public SparsemaxAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public SparsemaxAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes that are taken as one.</param>
    public SparsemaxAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; }
}
