namespace NetGen;

/// <summary>Zeros around the volumes: (batch, depth, height, width, channels) with each of the three axes longer by what stands before and behind it.</summary>
public sealed class ZeroPadding3DAttribute : LayerAttribute
{
    /// <summary>One zero on all sides.</summary>
    public ZeroPadding3DAttribute() => this.Padding = 1;

    /// <summary>With constants.</summary>
    /// <param name="padding">One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</param>
    public ZeroPadding3DAttribute(params int[] padding) => this.Padding = padding;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="padding">One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</param>
    public ZeroPadding3DAttribute(params object[] padding) => this.Padding = padding;

    /// <summary>One number for all sides, three (one an axis), or six (before and behind, axis by axis); 1 where none is given.</summary>
    public object Padding { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
