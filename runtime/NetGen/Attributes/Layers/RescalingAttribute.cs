namespace NetGen;

/// <summary>scale x + offset.</summary>
public sealed class RescalingAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="scale">The factor; in the other constructor an array has one per channel.</param>
    public RescalingAttribute(double scale) => this.Scale = scale;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="scale">The factor; in the other constructor an array has one per channel.</param>
    public RescalingAttribute(object scale) => this.Scale = scale;

    /// <summary>The factor; in the other constructor an array has one per channel.</summary>
    public object Scale { get; }

    /// <summary>What is added: a number, or an array with one per channel; 0 unless given.</summary>
    public object? Offset { get; set; }
}
