namespace NetGen.Generator;

/// <summary>Lowers ops on rows to the runtime library's loops: rare ones, and those whose rows have a run-time length.</summary>
internal static class RowRules
{
    public static bool LowerLogSoftmax(Lowering lowering, Node node) => Lower(lowering, node, "Direct.LogSoftmax", "log softmax");

    public static bool LowerSparsemax(Lowering lowering, Node node) => Lower(lowering, node, "Direct.Sparsemax", "sparsemax");

    public static bool LowerWindowSum(Lowering lowering, Node node)
    {
        WindowSum op = (WindowSum)node.Op;
        Shape shape = node.Output.Shape;
        RuntimeKernel kernel = new("Direct.WindowSum", EquatableArray.Of(shape.Last, op.Before, op.After), $"Y {shape} = sums of X from {op.Before} before to {op.After} behind each element of the last axis: vectors of unaligned loads, row by row.") { Rows = shape.CountOf(0, shape.Rank - 1) };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }

    private static bool Lower(Lowering lowering, Node node, string method, string what)
    {
        Shape shape = node.Output.Shape;
        RuntimeKernel kernel = new(method, EquatableArray.Of(shape.Last), $"Y {shape} = {what} of X along its last axis, row by row.") { Rows = shape.CountOf(0, shape.Rank - 1) };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }
}
