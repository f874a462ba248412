namespace NetGen;

/// <summary>x - log(sum(exp(x))) along axes.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>Along the last axis.</summary>
    public LogSoftmaxAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public LogSoftmaxAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes that are taken as one.</param>
    public LogSoftmaxAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; }
}
