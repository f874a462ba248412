namespace NetGen;

/// <summary>Y = the maximum of each window of X: (batch, height, width, channels) to (batch, rows, columns, channels).</summary>
public sealed class MaxPooling2DAttribute : LayerAttribute
{
    /// <summary>Windows of 2 by 2.</summary>
    public MaxPooling2DAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="poolSize">The height and width of a window, one number or two.</param>
    public MaxPooling2DAttribute(params int[] poolSize) => this.PoolSize = poolSize;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="poolSize">The height and width of a window, one number or two.</param>
    public MaxPooling2DAttribute(params object[] poolSize) => this.PoolSize = poolSize;

    /// <summary>The height and width of a window, one number or two; 2 unless given.</summary>
    public object? PoolSize { get; }

    /// <summary>The steps from window to window, one number or an array of height and width; the window's size unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
