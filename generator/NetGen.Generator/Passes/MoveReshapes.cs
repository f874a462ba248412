namespace NetGen.Generator;

/// <summary>
/// Moves a reshape that only splits or joins leading axes behind the map that reads it, so that the map meets the product before the reshape and may become
/// its epilogue: a dense layer on sequences is a product of rows, a bias, the reshape and an activation.
/// </summary>
internal static class MoveReshapes
{
    public static Graph Rewrite(Graph graph) => GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
    {
        if (node.Op is not Map map || node.Output.Shape.Rank == 0)
        {
            return null;
        }

        Shape? inner = null;
        Value[] operands = new Value[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Shape shape = inputs[i].Shape;
            if (shape.Rank == 0 || (shape.Rank == 1 && (shape[0] == 1 || shape[0] == node.Output.Shape.Last)))
            {
                operands[i] = inputs[i];
            }
            else if (inputs[i].Producer is { Op: Reshape, Inputs: [var source] } && shape == node.Output.Shape && source.Shape.Rank > 1
                && source.Shape.Last == shape.Last && (inner is null || inner == source.Shape))
            {
                inner = source.Shape;
                operands[i] = source;
            }
            else
            {
                return null;
            }
        }

        return inner is null ? null
            : [.. rewriter.Target.AddNode(new Map(map.Body), operands).Outputs.Select(o => rewriter.Target.Add(new Reshape(node.Output.Shape), o))];
    });
}
