namespace NetGen;

/// <summary>Y = the mean of each channel: (batch, depth, height, width, channels) to (batch, channels).</summary>
public sealed class GlobalAveragePooling3DAttribute : LayerAttribute
{
    /// <summary><see cref="NetGen.DataFormat"/> of the input; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>Whether the axes of space stay with size 1: (batch, 1, 1, 1, channels); false unless given.</summary>
    public object? Keepdims { get; set; }
}
