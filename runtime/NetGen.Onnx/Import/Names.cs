namespace NetGen.Onnx;

/// <summary>What layers are called after.</summary>
internal static class Names
{
    /// <summary>What exporters put behind the name of a layer for its weight, the longest first.</summary>
    private static readonly string[] Endings =
    [
        "/Conv2D/ReadVariableOp:0", "/MatMul/ReadVariableOp:0", "/kernel/read:0", "/kernel:0", ".weight", "_weight", "/weight", "/kernel", ".kernel", "_kernel", "_w_0", "_scale_0", "_s_0", ".gamma", "/gamma", "_gamma", "_W", "_w", "/W", ".W",
    ];

    /// <summary>A layer with weights is called after its main one where that tells the layer, else after the node.</summary>
    public static string OfLayer(NodeContext c, string? weight) =>
        weight is not null && Endings.FirstOrDefault(e => weight.Length > e.Length && weight.EndsWith(e, StringComparison.Ordinal)) is { } ending && !weight.StartsWith("onnx::", StringComparison.Ordinal)
            ? weight[..^ending.Length]
            : c.Name;
}
