namespace NetGen;

/// <summary>Y = the mean of each window of X, of which elements outside the volume are no part: (batch, depth, height, width, channels) to (batch, planes, rows, columns, channels).</summary>
public sealed class AveragePooling3DAttribute : LayerAttribute
{
    /// <summary>Windows of 2 by 2 by 2.</summary>
    public AveragePooling3DAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="poolSize">The depth, height and width of a window, one number or three.</param>
    public AveragePooling3DAttribute(params int[] poolSize) => this.PoolSize = poolSize;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="poolSize">The depth, height and width of a window, one number or three.</param>
    public AveragePooling3DAttribute(params object[] poolSize) => this.PoolSize = poolSize;

    /// <summary>The depth, height and width of a window, one number or three; 2 unless given.</summary>
    public object? PoolSize { get; }

    /// <summary>The steps from window to window, one number or an array of depth, height and width; the window's size unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
