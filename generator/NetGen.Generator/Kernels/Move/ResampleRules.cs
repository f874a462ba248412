namespace NetGen.Generator;

/// <summary>Lowers resampling to the runtime library's loops, which are vectors along what lies behind the axis. Threads share what lies before it, or the samples.</summary>
internal static class ResampleRules
{
    public static bool LowerResample(Lowering lowering, Node node)
    {
        Resample op = (Resample)node.Op;
        Shape x = node.Inputs[0].Shape;
        EquatableArray<Dim> arguments = EquatableArray.Of<Dim>(op.Size, op.Starts.Count, op.Taps, x.CountOf(op.Axis + 1, x.Rank));
        RuntimeKernel kernel = new("Resampling.Resample", arguments, $"Y {node.Output.Shape} = bands of {op.Taps} weights times X {x} along axis {op.Axis}.")
        {
            Inputs = EquatableArray.Of("x", "starts", "weights"),
            Rows = x.CountOf(0, op.Axis),
        };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Constant(op.Starts.Select(s => (double)s), "starts"), lowering.Constant(op.Weights, "weights"), lowering.Write(node.Output));
        return true;
    }

    public static bool LowerSample(Lowering lowering, Node node) =>
        Lower(lowering, node, (SampleAxis)node.Op, node.Inputs[0].Shape, "Resampling.Sample", $"Y {node.Output.Shape} = X {node.Inputs[0].Shape} at places of each sample: {node.Op}.");

    public static bool LowerSampleGradient(Lowering lowering, Node node) =>
        Lower(lowering, node, ((SampleAxisGradient)node.Op).Forward, node.Output.Shape, "Resampling.SampleGradient", $"dX {node.Output.Shape} = sums of dY {node.Inputs[0].Shape} at places of each sample: {node.Op}.");

    private static bool Lower(Lowering lowering, Node node, SampleAxis op, Shape x, string method, string formula)
    {
        EquatableArray<Dim> arguments = EquatableArray.Of(x.CountOf(1, op.Axis), x[op.Axis], op.Count, x.CountOf(op.Axis + 1, x.Rank), op.IsLinear ? 1 : 0, (int)op.Outside);
        RuntimeKernel kernel = new(method, arguments, formula) { Inputs = EquatableArray.Of("x", "origin", "step"), Rows = x[0] };
        lowering.Add(kernel, [.. node.Inputs.Select(i => lowering.Read(i)), lowering.Write(node.Output)]);
        return true;
    }
}
