namespace NetGen;

/// <summary>The time without the margins: (batch, time, channels) to (batch, time - before - after, channels).</summary>
public sealed class Cropping1DAttribute : LayerAttribute
{
    /// <summary>One step off both ends.</summary>
    public Cropping1DAttribute() => this.Cropping = 1;

    /// <summary>With constants.</summary>
    /// <param name="cropping">One number for both ends, or two, before and after; 1 where none is given.</param>
    public Cropping1DAttribute(params int[] cropping) => this.Cropping = cropping;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="cropping">One number for both ends, or two, before and after; 1 where none is given.</param>
    public Cropping1DAttribute(params object[] cropping) => this.Cropping = cropping;

    /// <summary>One number for both ends, or two, before and after; 1 where none is given.</summary>
    public object Cropping { get; }
}
