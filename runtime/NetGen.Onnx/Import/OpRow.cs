namespace NetGen.Onnx;

/// <summary>An operator of ONNX.</summary>
/// <param name="Op">Its name.</param>
/// <param name="Convert">Writes its layers.</param>
/// <param name="Since">The opset in which it came.</param>
/// <param name="Until">The last opset that has it.</param>
internal sealed record OpRow(string Op, Action<NodeContext> Convert, int Since = 1, int Until = int.MaxValue)
{
    /// <summary>Whether the conversion itself knows what to do where all inputs are constants.</summary>
    public bool FoldsItself { get; init; }

    /// <summary>The oldest opset whose meaning of the operator is known: before 6 many had other attributes.</summary>
    public int Oldest { get; init; } = 6;

    /// <summary>Inputs that must be constants: sizes, axes, weights of layers.</summary>
    public int[] Constants { get; init; } = [];
}
