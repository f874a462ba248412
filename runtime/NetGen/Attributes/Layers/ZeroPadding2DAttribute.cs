namespace NetGen;

/// <summary>Zeros around the maps: (batch, height, width, channels) to (batch, above + height + below, left + width + right, channels).</summary>
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>One zero on all sides.</summary>
    public ZeroPadding2DAttribute() => this.Padding = 1;

    /// <summary>With constants.</summary>
    /// <param name="padding">One number for all sides, two (above and below; left and right), or four (above, below, left, right); 1 where none is given.</param>
    public ZeroPadding2DAttribute(params int[] padding) => this.Padding = padding;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="padding">One number for all sides, two (above and below; left and right), or four (above, below, left, right); 1 where none is given.</param>
    public ZeroPadding2DAttribute(params object[] padding) => this.Padding = padding;

    /// <summary>One number for all sides, two (above and below; left and right), or four (above, below, left, right); 1 where none is given.</summary>
    public object Padding { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
