namespace NetGen.Generator;

/// <summary>
/// Composes a map into the only map that reads it, where both have the same shape and run in the same phase: the value in between is never stored.
/// </summary>
internal static class FuseMaps
{
    public static Graph Rewrite(Graph graph)
    {
        Phases phases = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (node.Op is not Map map)
            {
                return null;
            }

            List<Value> operands = [];
            Expr[] replacements = new Expr[inputs.Length];
            bool fused = false;
            for (int i = 0; i < inputs.Length; i++)
            {
                Value original = node.Inputs[i];
                int occurrences = node.Inputs.Count(v => v == original);
                if (original.Producer is { Op: Map { Body.Count: 1 } } producer && uses[original] == occurrences && phases[producer] == phases[node]
                    && original.Shape == node.Output.Shape && inputs[i].Producer is { Op: Map { Body.Count: 1 } inner } built)
                {
                    int[] places = [.. built.Inputs.Select(Operand)];
                    replacements[i] = inner.Body[0].Replace(k => Expr.In(places[k]));
                    fused = true;
                }
                else
                {
                    replacements[i] = Expr.In(Operand(inputs[i]));
                }
            }

            if (!fused)
            {
                return null;
            }

            EquatableArray<Expr> body = map.Body.Select(b => b.Replace(i => replacements[i])).ToEquatableArray();
            bool draws = body.Any(b => b.Subexpressions().Any(e => e is UniformExpr));
            if (draws && operands.Any(o => o.Shape != node.Output.Shape && o.Shape.Count != 1))
            {
                return null;
            }

            Shape natural = new Map(body).Infer([.. operands.Select(o => o.Type)])[0].Shape;
            return [.. rewriter.Target.AddNode(new Map(body, natural == node.Output.Shape ? null : node.Output.Shape), [.. operands]).Outputs];

            int Operand(Value value)
            {
                int at = operands.IndexOf(value);
                if (at < 0)
                {
                    at = operands.Count;
                    operands.Add(value);
                }

                return at;
            }
        });
    }
}
