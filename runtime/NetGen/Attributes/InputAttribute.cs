namespace NetGen;

/// <summary>
/// An input of the network; the chain of layers starts there, and a second one starts a new chain. The batch is not part of the shape.
/// A dimension of <see cref="Dim.Any"/> is a time, whose length may differ from call to call.
/// </summary>
/// <param name="shape">The shape of one sample: <c>[Input(28, 28, 1)]</c> is height, width and channels.</param>
public sealed class InputAttribute(params int[] shape) : TapeAttribute
{
    /// <summary>The shape of one sample.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>The input's name, by which layers may take it; <c>input</c> unless given, then <c>input_1</c>, ...</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of the input's time, where the first size is <see cref="Dim.Any"/>: inputs of one time have the same length. An input has a time of its own unless given.
    /// </summary>
    public string? Time { get; set; }

    /// <summary>The type of the elements: <see cref="ElementType.Float32"/> unless given, <see cref="ElementType.Int32"/> for tokens.</summary>
    public ElementType Type { get; set; } = ElementType.Float32;
}
