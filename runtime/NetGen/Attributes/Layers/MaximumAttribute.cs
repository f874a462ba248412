namespace NetGen;

/// <summary>The largest of the inputs, element by element; a masked element does not count.</summary>
public sealed class MaximumAttribute : LayerAttribute
{
    /// <summary>Of named outputs.</summary>
    /// <param name="inputs">The names of the outputs that are merged, two or more. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</param>
    public MaximumAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of the outputs that are merged, two or more. Shapes broadcast; sizes of 1 are put behind the batch where ranks differ.</summary>
    public string[] Inputs { get; }
}
