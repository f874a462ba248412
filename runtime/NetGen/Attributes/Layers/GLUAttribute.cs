namespace NetGen;

/// <summary>a sigmoid(b), with a and b the halves of x along an axis.</summary>
public sealed class GLUAttribute : LayerAttribute
{
    /// <summary>Halves of the last axis.</summary>
    public GLUAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis that is halved.</param>
    public GLUAttribute(int axis) => this.Axis = axis;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="axis">The axis that is halved.</param>
    public GLUAttribute(object axis) => this.Axis = axis;

    /// <summary>The axis that is halved; the last unless given.</summary>
    public object? Axis { get; }
}
