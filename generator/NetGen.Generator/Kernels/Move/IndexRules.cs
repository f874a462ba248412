namespace NetGen.Generator;

/// <summary>Lowers what goes along an axis by numbers to the runtime library's loops. Threads share what lies before the axis.</summary>
internal static class IndexRules
{
    public static bool LowerGatherAxis(Lowering lowering, Node node)
    {
        GatherAxis op = (GatherAxis)node.Op;
        return LowerGatherAxis(lowering, node, op, node.Inputs[0].Shape, "Indexing.GatherAxis", $"Y {node.Output.Shape} = X {node.Inputs[0].Shape} at I {node.Inputs[1].Shape} along axis {op.Axis}.");
    }

    public static bool LowerGatherAxisGradient(Lowering lowering, Node node)
    {
        GatherAxisGradient op = (GatherAxisGradient)node.Op;
        return LowerGatherAxis(lowering, node, op.Forward, op.X, "Indexing.GatherAxisGradient", $"dX {op.X} = sums of dY {node.Inputs[0].Shape} at I {node.Inputs[1].Shape} along axis {op.Forward.Axis}.");
    }

    public static bool LowerGatherElements(Lowering lowering, Node node) =>
        LowerElements(lowering, node, ((GatherElements)node.Op).Axis, node.Inputs[0].Shape, "Indexing.GatherElements", $"Y {node.Output.Shape} = elements of X {node.Inputs[0].Shape} by I: {node.Op}.");

    public static bool LowerGatherElementsGradient(Lowering lowering, Node node) =>
        LowerElements(lowering, node, ((GatherElementsGradient)node.Op).Axis, node.Output.Shape, "Indexing.GatherElementsGradient", $"dX {node.Output.Shape} = sums of elements of dY {node.Inputs[0].Shape} by I: {node.Op}.");

    public static bool LowerArgMax(Lowering lowering, Node node)
    {
        ArgMax op = (ArgMax)node.Op;
        return LowerAlong(lowering, node, op.Axis, "Indexing.ArgMax", [op.IsMinimum ? 1 : 0, op.SelectLast ? 1 : 0], $"Y {node.Output.Shape} = places in X {node.Inputs[0].Shape}: {op}.");
    }

    public static bool LowerCumSum(Lowering lowering, Node node)
    {
        CumSum op = (CumSum)node.Op;
        return LowerAlong(lowering, node, op.Axis, "Indexing.CumSum", [op.IsExclusive ? 1 : 0, op.IsReverse ? 1 : 0], $"Y {node.Output.Shape} = sums of X so far: {op}.");
    }

    private static bool LowerGatherAxis(Lowering lowering, Node node, GatherAxis op, Shape x, string method, string formula)
    {
        Shape indices = node.Inputs[1].Shape;
        Dim count = indices.CountOf(op.IsPerSample ? 1 : 0, indices.Rank);
        Dim sharing = op.IsPerSample ? x.CountOf(1, op.Axis) : 0;
        RuntimeKernel kernel = new(method, EquatableArray.Of(x[op.Axis], x.CountOf(op.Axis + 1, x.Rank), count, sharing), formula) { Inputs = EquatableArray.Of("x", "indices"), Rows = x.CountOf(0, op.Axis) };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    private static bool LowerElements(Lowering lowering, Node node, int axis, Shape x, string method, string formula)
    {
        Dim count = node.Inputs[1].Shape[axis];
        RuntimeKernel kernel = new(method, EquatableArray.Of(x[axis], x.CountOf(axis + 1, x.Rank), count), formula) { Inputs = EquatableArray.Of("x", "indices"), Rows = x.CountOf(0, axis) };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    private static bool LowerAlong(Lowering lowering, Node node, int axis, string method, Dim[] flags, string formula)
    {
        Shape x = node.Inputs[0].Shape;
        RuntimeKernel kernel = new(method, EquatableArray.Of([x[axis], x.CountOf(axis + 1, x.Rank), .. flags]), formula) { Rows = x.CountOf(0, axis) };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }
}
