namespace NetGen.Generator;

/// <summary>Lowers products.</summary>
internal static class MatMulRule
{
    /// <summary>A scalar product a row: one column, which lies plain.</summary>
    public static bool LowerDot(Lowering lowering, Node node)
    {
        if (!IsDot(node))
        {
            return false;
        }

        DotKernel kernel = new(node.Output.Shape[0], checked((int)node.Inputs[1].Shape.Count.Constant));
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    /// <summary>Whether a product has one column.</summary>
    public static bool IsDot(Node node) => node.Op is MatMul { TransposeA: false } && node.Output.Shape[1] == 1 && node.Inputs[1].Shape.IsConstant;

    /// <summary>The tiled kernel: constant columns, and B in panels or in rows.</summary>
    public static bool Lower(Lowering lowering, Node node) => Lower(lowering, node, node.Output, Epilogue.None, []);

    /// <summary>The tiled kernel with an epilogue whose result is <paramref name="output"/>.</summary>
    public static bool Lower(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        MatMul op = (MatMul)node.Op;
        (Value a, Value b) = (node.Inputs[0], node.Inputs[1]);
        (Dim m, Dim k) = op.TransposeA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        Dim n = node.Output.Shape[1];
        bool stridesAreConstant = op.TransposeA ? m.IsConstant : k.IsConstant;
        if (!n.IsConstant || !stridesAreConstant)
        {
            return false;
        }

        int columns = checked((int)n.Constant);
        bool packable = b.Shape.IsConstant;
        if (!packable && (op.TransposeB || lowering.IsCallers(b)))
        {
            return false;
        }

        if (op.TransposeA && !packable && !lowering.IsInLoop && epilogue == Epilogue.None && WeightGradientKernel.Takes(k, m, columns))
        {
            new WeightGradientKernel(k, checked((int)m.Constant), columns).Lower(lowering, a, b, output);
            return true;
        }

        Buffer right = !packable ? lowering.Read(b)
            : op.TransposeB ? Transposed(lowering, b)
            : lowering.Read(b, PanelLayout.Instance);
        bool toPanels = lowering.Wanted(output) == PanelLayout.Instance;
        MatMulKernel kernel = new(m, k, columns, op.TransposeA, packable, toPanels, epilogue) { IsInLoop = lowering.IsInLoop || lowering.Repeats };
        List<Buffer> buffers = [lowering.Read(a), right, .. operands.Select(o => lowering.Read(o))];
        buffers.Add(lowering.Write(output, toPanels ? PanelLayout.Instance : Layout.Plain));
        lowering.Add(kernel, [.. buffers]);
        return true;
    }

    /// <summary>Loops over rows, columns and k in the runtime library: for products of two run-time matrices.</summary>
    public static bool LowerPlain(Lowering lowering, Node node)
    {
        MatMul op = (MatMul)node.Op;
        (Value a, Value b) = (node.Inputs[0], node.Inputs[1]);
        (Dim m, Dim k) = op.TransposeA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        Dim n = node.Output.Shape[1];
        PlainMatMulKernel kernel = new(m, k, n, op.TransposeA, op.TransposeB);
        lowering.Add(kernel, lowering.Read(a), lowering.Read(b), lowering.Write(node.Output));
        return true;
    }

    private static Buffer Transposed(Lowering lowering, Value b)
    {
        // B is (N,K); its transpose (K,N) is wanted in panels.
        (long rows, long columns) = (b.Shape[0].Constant, b.Shape[1].Constant);
        string method = lowering.Stored(b) == PanelLayout.Instance ? "PanelsToTransposedPanels" : "PlainToTransposedPanels";
        Dim length = PanelLayout.Instance.Length(Shape.Of(columns, rows));
        return lowering.Convert(b, method, length, $"The transpose of X ({rows},{columns}), in panels.", [rows, columns], rows);
    }
}
