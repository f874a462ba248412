namespace NetGen;

/// <summary>Y = the maximum of each window of X: (batch, steps, channels) to (batch, windows, channels).</summary>
public sealed class MaxPooling1DAttribute : LayerAttribute
{
    /// <summary>Windows of 2.</summary>
    public MaxPooling1DAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="poolSize">The length of a window.</param>
    public MaxPooling1DAttribute(int poolSize) => this.PoolSize = poolSize;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="poolSize">The length of a window.</param>
    public MaxPooling1DAttribute(object poolSize) => this.PoolSize = poolSize;

    /// <summary>The length of a window; 2 unless given.</summary>
    public object? PoolSize { get; }

    /// <summary>The step from window to window; the window's length unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
