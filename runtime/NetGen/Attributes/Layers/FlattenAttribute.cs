namespace NetGen;

/// <summary>(batch, a, b, ...) as (batch, a b ...).</summary>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary><see cref="NetGen.DataFormat"/> of the input: channels that come first are moved to the end; last unless given.</summary>
    public object? DataFormat { get; set; }
}
