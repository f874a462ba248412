namespace NetGen.Generator;

/// <summary>
/// A product of rows of a table is rows of the table's product, which is made once for each version of the weights: an embedding in front of a dense or a recurrent layer costs a copy
/// of a row and no product. Only where nothing else reads the rows, as a gradient does, and where the product of the table is not much larger than the matrix, which is then not kept.
/// </summary>
internal static class MultiplyTables
{
    /// <summary>How many times as large as the matrix the product of the table may be.</summary>
    private const int MostGrowth = 4;

    public static Graph Rewrite(Graph graph)
    {
        Phases phases = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (node.Op is not MatMul { TransposeA: false, TransposeB: false } || phases[node] == Phase.Prepare || phases.Of(node.Inputs[1]) != Phase.Prepare)
            {
                return null;
            }

            List<Node> moves = [];
            Value rows = node.Inputs[0];
            for (; uses[rows] == 1 && rows.Producer is { Op: Reshape or Transpose } move && KeepsRows(move); rows = move.Inputs[0])
            {
                moves.Insert(0, move);
            }

            if (uses[rows] != 1 || rows.Producer is not { Op: Gather, Inputs: [var table, var indices] } || phases.Of(table) != Phase.Prepare
                || table.Shape is not { IsConstant: true, Rank: 2 } shape || !node.Inputs[1].Shape.IsConstant || shape[0].Constant > MostGrowth * shape[1].Constant)
            {
                return null;
            }

            Value product = rewriter.Target.Add(node.Op, rewriter[table], inputs[1]);
            Value numbers = moves.Aggregate(rewriter[indices], (value, move) => rewriter.Target.Add(OfNumbers(move), value));
            return [rewriter.Target.Add(new Gather(), product, numbers)];
        });
    }

    /// <summary>Whether rows stay whole.</summary>
    private static bool KeepsRows(Node move) => move.Op is Transpose transpose
        ? transpose.Permutation[transpose.Permutation.Count - 1] == transpose.Permutation.Count - 1
        : move.Inputs[0].Shape.Last == move.Output.Shape.Last;

    /// <summary>What moves the numbers of rows as a node moves the rows.</summary>
    private static Op OfNumbers(Node move) => move.Op is Transpose transpose
        ? new Transpose(transpose.Permutation.Take(transpose.Permutation.Count - 1).ToEquatableArray())
        : new Reshape(move.Output.Shape.Slice(0, move.Output.Shape.Rank - 1));
}
