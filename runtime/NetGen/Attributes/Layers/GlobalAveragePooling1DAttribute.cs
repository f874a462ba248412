namespace NetGen;

/// <summary>Y = the mean of each channel: (batch, steps, channels) to (batch, channels). Over a masked sequence it is the mean of the steps that count.</summary>
public sealed class GlobalAveragePooling1DAttribute : LayerAttribute
{
    /// <summary><see cref="NetGen.DataFormat"/> of the input; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>Whether the axes of space stay with size 1: (batch, 1, channels); false unless given.</summary>
    public object? Keepdims { get; set; }

    /// <summary>The name of an output (batch, steps) of 0 and 1: the steps that count. The input's own mask unless given.</summary>
    public string? Mask { get; set; }
}
