namespace NetGen.Generator;

/// <summary>
/// Takes the map that a sum over all axes but the last alone reads into the sum, and makes sums over the same shape one node, so that memory is read once: the two sums in
/// the backward half of a normalization, the sum for a bias.
/// </summary>
internal static class FuseSums
{
    /// <summary>Sums and operands of a node at most: their vectors must fit the registers.</summary>
    private const int MostSums = 4, MostOperands = 6;

    public static Graph Rewrite(Graph graph)
    {
        Phases phases = new(graph);
        Dictionary<Node, int> places = graph.Nodes.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        Dictionary<Value, int> uses = graph.CountUses();
        List<Sum> sums = [.. graph.Nodes.Where(n => phases[n] != Phase.Prepare && FactorSums.IsOfChannels(n)).Select(n => Sum.Of(n, uses, phases))];
        Dictionary<Node, List<Sum>> groups = [];
        HashSet<Node> taken = [];
        foreach (Sum first in sums)
        {
            if (!taken.Add(first.Node))
            {
                continue;
            }

            List<Sum> group = groups[first.Node] = [first];
            foreach (Sum other in sums)
            {
                if (group.Count == MostSums)
                {
                    break;
                }

                if (other.Shape == first.Shape && !taken.Contains(other.Node) && Shares(group, other, first.Shape) && phases[other.Node] == phases[first.Node]
                    && other.Operands.All(o => o.Producer is null || places[o.Producer] < places[first.Node])
                    && group.SelectMany(s => s.Operands).Concat(other.Operands).Distinct().Count() <= MostOperands)
                {
                    group.Add(other);
                    taken.Add(other.Node);
                }
            }
        }

        Dictionary<Node, Value> done = [];
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (done.TryGetValue(node, out Value? known))
            {
                return [known];
            }

            if (!groups.TryGetValue(node, out List<Sum>? group))
            {
                return null;
            }

            List<Value> operands = [.. group.SelectMany(s => s.Operands).Distinct()];
            EquatableArray<Expr> body = group.Select(s => s.Body.Replace(i => Expr.In(operands.IndexOf(s.Operands[i])))).ToEquatableArray();
            Node sum = rewriter.Target.AddNode(new ChannelSums(body, group[0].Shape), [.. operands.Select(o => rewriter[o])]);
            for (int i = 0; i < group.Count; i++)
            {
                done[group[i].Node] = sum.Outputs[i];
            }

            return [sum.Outputs[0]];
        });
    }

    /// <summary>Whether a sum reads a map that one of a group reads. It is asked for every pair of sums, so it allocates nothing.</summary>
    private static bool Shares(List<Sum> group, Sum other, Shape shape)
    {
        for (int i = 0; i < other.Operands.Count; i++)
        {
            Value operand = other.Operands[i];
            for (int g = 0; g < group.Count; g++)
            {
                for (int k = 0; k < group[g].Operands.Count; k++)
                {
                    if (group[g].Operands[k] == operand && operand.Shape == shape)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>A sum and what it reads, the map before it taken in.</summary>
    private sealed record Sum(Node Node, Shape Shape, Expr Body, EquatableArray<Value> Operands)
    {
        public static Sum Of(Node node, Dictionary<Value, int> uses, Phases phases)
        {
            Value x = node.Inputs[0];
            if (x.Producer is not { Op: Map { Body.Count: 1 } map } producer || uses[x] > 1 || phases[producer] != phases[node])
            {
                return new Sum(node, x.Shape, Expr.In(0), EquatableArray.Of(x));
            }

            // Rows and scalars are read once a block; other forms of broadcasting, random numbers and costly functions stay with the map.
            bool fits = producer.Inputs.All(i => i.Shape == x.Shape || i.Shape.Rank == 0 || (i.Shape.Rank == 1 && (i.Shape.Last == 1 || i.Shape.Last == x.Shape.Last)))
                && producer.Inputs.Any(i => i.Shape == x.Shape)
                && map.Body[0].Subexpressions().All(e => e is not UniformExpr and not CallExpr { Function.IsCostly: true });
            return fits ? new Sum(node, x.Shape, map.Body[0], producer.Inputs) : new Sum(node, x.Shape, Expr.In(0), EquatableArray.Of(x));
        }
    }
}
