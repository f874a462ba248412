namespace NetGen;

/// <summary>Every plane, row and column repeated: (batch, depth, height, width, channels) to (batch, size depth, size height, size width, channels).</summary>
public sealed class UpSampling3DAttribute : LayerAttribute
{
    /// <summary>Every plane, row and column twice.</summary>
    public UpSampling3DAttribute() => this.Size = 2;

    /// <summary>With constants.</summary>
    /// <param name="size">How often each plane, row and column stands in the output, one number or three; 2 where none is given.</param>
    public UpSampling3DAttribute(params int[] size) => this.Size = size;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="size">How often each plane, row and column stands in the output, one number or three; 2 where none is given.</param>
    public UpSampling3DAttribute(params object[] size) => this.Size = size;

    /// <summary>How often each plane, row and column stands in the output, one number or three; 2 where none is given.</summary>
    public object Size { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
