namespace NetGen;

/// <summary>Zeros around the time: (batch, time, channels) to (batch, before + time + after, channels).</summary>
public sealed class ZeroPadding1DAttribute : LayerAttribute
{
    /// <summary>One zero at both ends.</summary>
    public ZeroPadding1DAttribute() => this.Padding = 1;

    /// <summary>With constants.</summary>
    /// <param name="padding">One number for both ends, or two, before and after; 1 where none is given.</param>
    public ZeroPadding1DAttribute(params int[] padding) => this.Padding = padding;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="padding">One number for both ends, or two, before and after; 1 where none is given.</param>
    public ZeroPadding1DAttribute(params object[] padding) => this.Padding = padding;

    /// <summary>One number for both ends, or two, before and after; 1 where none is given.</summary>
    public object Padding { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
