namespace NetGen;

/// <summary>The inputs one behind the other along an axis.</summary>
public sealed class ConcatenateAttribute : LayerAttribute
{
    /// <summary>Of named outputs.</summary>
    /// <param name="inputs">The names of the outputs, two or more.</param>
    public ConcatenateAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of the outputs, two or more.</summary>
    public string[] Inputs { get; }

    /// <summary>The axis; the last unless given.</summary>
    public object? Axis { get; set; }
}
