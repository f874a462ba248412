using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>A checked graph: every name has one source, and each node stands behind those that it reads.</summary>
/// <param name="Name">The graph's name.</param>
/// <param name="Opset">The version of ONNX's own operators.</param>
/// <param name="Producer">What wrote the file.</param>
/// <param name="Inputs">What a caller gives.</param>
/// <param name="Outputs">What a caller gets.</param>
/// <param name="Initializers">The constants by their names.</param>
/// <param name="Nodes">The operators.</param>
internal sealed record OnnxGraph(
    string Name,
    int Opset,
    string Producer,
    IReadOnlyList<OnnxValueInfo> Inputs,
    IReadOnlyList<OnnxValueInfo> Outputs,
    IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<NodeProto> Nodes)
{
    /// <summary>The folder in which external data must lie.</summary>
    public string? Folder { get; init; }

    /// <summary>A node in words: <c>node 'conv1' (Conv)</c>.</summary>
    public static string Place(NodeProto node) =>
        $"node '{ModelFileException.Shorten(node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? "")}' ({ModelFileException.Shorten(node.OpType)})";
}

/// <summary>An input or an output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Dims">Its sizes, or null where the file does not tell them.</param>
internal sealed record OnnxValueInfo(string Name, DataType Type, IReadOnlyList<OnnxDim>? Dims);

/// <summary>A size: a number, or a name that stands for one, or neither.</summary>
internal readonly record struct OnnxDim(int? Value, string? Symbol);
