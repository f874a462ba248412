namespace NetGen;

/// <summary>
/// Scalar products along one axis of each of two inputs: (batch, ..a.., axis) and (batch, ..b.., axis) to (batch, ..a.., ..b..), of two vectors to (batch, 1) (Keras's Dot).
/// </summary>
public sealed class DotAttribute : LayerAttribute
{
    /// <summary>Of named outputs.</summary>
    /// <param name="inputs">The names of the two outputs.</param>
    public DotAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of the two outputs.</summary>
    public string[] Inputs { get; }

    /// <summary>The axis of both inputs along which they are multiplied and summed, or an array of one axis of each; their sizes must be equal.</summary>
    public object? Axes { get; set; }

    /// <summary>Whether vectors along the axis are brought to length 1 first, so that the products are cosines; false unless given.</summary>
    public object? Normalize { get; set; }
}
