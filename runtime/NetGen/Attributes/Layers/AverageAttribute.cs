namespace NetGen;

/// <summary>The mean of the inputs, element by element.</summary>
public sealed class AverageAttribute : LayerAttribute
{
    /// <summary>Of named outputs.</summary>
    /// <param name="inputs">The names of the outputs that are merged, two or more. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</param>
    public AverageAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of the outputs that are merged, two or more. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</summary>
    public string[] Inputs { get; }
}
