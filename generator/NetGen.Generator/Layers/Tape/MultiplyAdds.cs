namespace NetGen.Generator;

/// <summary>Counts the multiplications with an addition of a layer's products, as summaries show them; element-wise work is not counted.</summary>
internal static class MultiplyAdds
{
    /// <summary>Of one sample, over the nodes from an index on.</summary>
    public static Dim PerSample(IReadOnlyList<Node> nodes, int start)
    {
        Dim sum = 0;
        for (int i = start; i < nodes.Count; i++)
        {
            Dim count = Of(nodes[i]);
            Dim sample = count.Divide(Dim.Batch) ?? count;
            sum = Plus(sum, sample);
        }

        return sum;
    }

    /// <summary>The sum; a term that grows with fewer symbols is dropped beside one that grows with more.</summary>
    private static Dim Plus(Dim a, Dim b) =>
        a.Scale == 0 ? b
        : b.Scale == 0 ? a
        : a.Symbols == b.Symbols ? new Dim(checked(a.Scale + b.Scale), a.Symbols)
        : a.Symbols.Count >= b.Symbols.Count ? a : b;

    private static Dim Of(Node node)
    {
        switch (node.Op)
        {
            case MatMul matMul:
                Shape a = node.Inputs[0].Shape;
                return node.Output.Shape.Count * (matMul.TransposeA ? a[0] : a[1]);
            case BatchMatMul product:
                return node.Output.Shape.Count * BatchMatMul.Sizes(MatrixBatch.Of(node.Inputs[0].Shape, product.Left), product.Left).Columns;
            case Conv:
                Shape w = node.Inputs[1].Shape;
                return node.Output.Shape.Count * w.CountOf(0, w.Rank - 1);
            case ConvInputGradient:
                Shape spread = node.Inputs[1].Shape;
                return node.Inputs[0].Shape.Count * spread.CountOf(0, spread.Rank - 1);
            case Scan scan:
                Dim step = scan.Body.Graph.Nodes.Aggregate((Dim)0, (sum, n) => Plus(sum, Of(n)));
                return step.Scale == 0 ? step : step * (scan.Windows?.Count ?? node.Inputs[scan.Body.States.Count].Shape[0]);
            default:
                return 0;
        }
    }
}
