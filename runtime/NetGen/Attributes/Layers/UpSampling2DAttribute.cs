namespace NetGen;

/// <summary>Every row and column repeated: (batch, height, width, channels) to (batch, size height, size width, channels); or images of that size by a filter.</summary>
public sealed class UpSampling2DAttribute : LayerAttribute
{
    /// <summary>Every row and column twice.</summary>
    public UpSampling2DAttribute() => this.Size = 2;

    /// <summary>With constants.</summary>
    /// <param name="size">How often each row and column stands in the output, one number or two; 2 where none is given.</param>
    public UpSampling2DAttribute(params int[] size) => this.Size = size;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="size">How often each row and column stands in the output, one number or two; 2 where none is given.</param>
    public UpSampling2DAttribute(params object[] size) => this.Size = size;

    /// <summary>How often each row and column stands in the output, one number or two; 2 where none is given.</summary>
    public object Size { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary><see cref="NetGen.Interpolation"/>, any but the area; nearest unless given.</summary>
    public object? Interpolation { get; set; }
}
