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
            sum = sum.Scale == 0 ? sample
                : sum.Symbols == sample.Symbols ? new Dim(checked(sum.Scale + sample.Scale), sum.Symbols)
                : sum.Symbols.Count >= sample.Symbols.Count ? sum : sample;
        }

        return sum;
    }

    private static Dim Of(Node node)
    {
        switch (node.Op)
        {
            case MatMul matMul:
                Shape a = node.Inputs[0].Shape;
                return node.Output.Shape.Count * (matMul.TransposeA ? a[0] : a[1]);
            default:
                return 0;
        }
    }
}
