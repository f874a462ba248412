namespace NetGen.Generator;

/// <summary>Lowers convolutions over one and two axes to the direct loops of the runtime library.</summary>
internal static class ConvRules
{
    public static bool LowerForward(Lowering lowering, Node node) =>
        Lower(lowering, node, "Direct.Conv", ((Conv)node.Op).Geometry, node.Inputs[0].Shape, node.Inputs[1].Shape, node.Output.Shape, EquatableArray.Of("x", "w"), rows: true);

    public static bool LowerInputGradient(Lowering lowering, Node node)
    {
        ConvInputGradient op = (ConvInputGradient)node.Op;
        return Lower(lowering, node, "Direct.ConvInputGradient", op.Geometry, op.Input, node.Inputs[1].Shape, node.Inputs[0].Shape, EquatableArray.Of("dy", "w"), rows: true);
    }

    public static bool LowerFilterGradient(Lowering lowering, Node node)
    {
        ConvFilterGradient op = (ConvFilterGradient)node.Op;
        return Lower(lowering, node, "Direct.ConvFilterGradient", op.Geometry, node.Inputs[0].Shape, op.Filter, node.Inputs[1].Shape, EquatableArray.Of("x", "dy"), rows: false);
    }

    private static bool Lower(Lowering lowering, Node node, string method, ConvGeometry geometry, Shape x, Shape w, Shape y, EquatableArray<string> inputs, bool rows)
    {
        if (geometry.Rank > 2)
        {
            return false;
        }

        // One axis is two of which the first has size one.
        bool line = geometry.Rank == 1;
        Dim One(Func<Dim> first) => line ? 1 : first();
        int last = geometry.Rank - 1;
        List<Dim> arguments =
        [
            x[0], One(() => x[1]), x[-2], x[-1],
            One(() => w[0]), w[last], w[-1],
            One(() => y[1]), y[-2],
            One(() => geometry.Strides[0]), geometry.Strides[last],
            line ? 0 : geometry.Before[0], geometry.Before[last],
            One(() => geometry.Dilations[0]), geometry.Dilations[last],
            geometry.Groups,
        ];

        // The number of samples is not an argument where threads share them.
        string formula = $"{node.Op} of X {x}, W {w}, Y {y}: direct loops, vectors along the output channels.";
        RuntimeKernel kernel = new(method, (rows ? arguments.Skip(1) : arguments).ToEquatableArray(), formula) { Inputs = inputs, Rows = rows ? x[0] : null };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }
}
