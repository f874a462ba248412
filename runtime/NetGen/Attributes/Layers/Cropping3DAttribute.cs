namespace NetGen;

/// <summary>The volumes without the margins: (batch, depth, height, width, channels) with each of the three axes shorter by what is cut off before and behind it.</summary>
public sealed class Cropping3DAttribute : LayerAttribute
{
    /// <summary>One element is cropped on all sides.</summary>
    public Cropping3DAttribute() => this.Cropping = 1;

    /// <summary>With constants.</summary>
    /// <param name="cropping">One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</param>
    public Cropping3DAttribute(params int[] cropping) => this.Cropping = cropping;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="cropping">One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</param>
    public Cropping3DAttribute(params object[] cropping) => this.Cropping = cropping;

    /// <summary>One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</summary>
    public object Cropping { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
