namespace NetGen;

/// <summary>The maps without the margins: (batch, height, width, channels) to (batch, height - above - below, width - left - right, channels).</summary>
public sealed class Cropping2DAttribute : LayerAttribute
{
    /// <summary>Nothing is cropped.</summary>
    public Cropping2DAttribute() => this.Cropping = 0;

    /// <summary>With constants.</summary>
    /// <param name="cropping">One number for all sides, two (above and below; left and right), or four (above, below, left, right); 0 where none is given.</param>
    public Cropping2DAttribute(params int[] cropping) => this.Cropping = cropping;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="cropping">One number for all sides, two (above and below; left and right), or four (above, below, left, right); 0 where none is given.</param>
    public Cropping2DAttribute(params object[] cropping) => this.Cropping = cropping;

    /// <summary>One number for all sides, two (above and below; left and right), or four (above, below, left, right); 0 where none is given.</summary>
    public object Cropping { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
