namespace NetGen;

/// <summary>Every step repeated: (batch, time, channels) to (batch, size time, channels).</summary>
public sealed class UpSampling1DAttribute : LayerAttribute
{
    /// <summary>Every step twice.</summary>
    public UpSampling1DAttribute() => this.Size = 2;

    /// <summary>With constants.</summary>
    /// <param name="size">How often each step stands in the output; 2 where none is given.</param>
    public UpSampling1DAttribute(params int[] size) => this.Size = size;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="size">How often each step stands in the output; 2 where none is given.</param>
    public UpSampling1DAttribute(params object[] size) => this.Size = size;

    /// <summary>How often each step stands in the output; 2 where none is given.</summary>
    public object Size { get; }
}
