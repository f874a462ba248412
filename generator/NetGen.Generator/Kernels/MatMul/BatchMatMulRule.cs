namespace NetGen.Generator;

/// <summary>Lowers products of batches of matrices.</summary>
internal static class BatchMatMulRule
{
    /// <summary>A single row times matrices whose rows have a constant length.</summary>
    public static bool LowerRow(Lowering lowering, Node node)
    {
        BatchMatMul op = (BatchMatMul)node.Op;
        MatrixBatch a = MatrixBatch.Of(node.Inputs[0].Shape, op.Left), b = MatrixBatch.Of(node.Inputs[1].Shape, op.Right), y = MatrixBatch.Of(node.Output.Shape, op.Product);
        if (y.Rows != 1 || (op.Left & MatrixForm.Transposed) != 0 || op.Triangle != Triangle.None || !b.Columns.IsConstant)
        {
            return false;
        }

        lowering.Add(new BatchRowKernel(a, b, y, (op.Right & MatrixForm.Transposed) != 0), lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    public static bool Lower(Lowering lowering, Node node)
    {
        BatchMatMul op = (BatchMatMul)node.Op;
        MatrixBatch a = MatrixBatch.Of(node.Inputs[0].Shape, op.Left), b = MatrixBatch.Of(node.Inputs[1].Shape, op.Right), y = MatrixBatch.Of(node.Output.Shape, op.Product);
        BatchMatMulKernel kernel = new(a, b, y, (op.Left & MatrixForm.Transposed) != 0, (op.Right & MatrixForm.Transposed) != 0, op.Triangle);
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Scratch(Dim.Parts * kernel.PanelFloats, "panels"), lowering.Write(node.Output));
        return true;
    }
}
