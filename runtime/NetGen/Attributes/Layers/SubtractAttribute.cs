namespace NetGen;

/// <summary>a - b, element by element.</summary>
public sealed class SubtractAttribute : LayerAttribute
{
    /// <summary>Of named outputs.</summary>
    /// <param name="inputs">The names of two outputs. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</param>
    public SubtractAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of two outputs. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</summary>
    public string[] Inputs { get; }
}
