namespace NetGen.Generator;

/// <summary>
/// Splits from a map what depends on parameters only (the scale of a normalization): it becomes a map of its own, which runs once per version of the weights
/// and not once per element. What has as many elements as the map itself stays in it: storing it would cost as much as it saves.
/// </summary>
internal static class HoistInvariants
{
    public static Graph Rewrite(Graph graph)
    {
        Phases phases = new(graph);
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (node.Op is not Map map || phases[node] == Phase.Prepare)
            {
                return null;
            }

            bool[] invariant = [.. node.Inputs.Select(i => phases.Of(i) == Phase.Prepare)];
            if (!invariant.Contains(true))
            {
                return null;
            }

            List<Value> operands = [.. inputs];
            Dictionary<Expr, Expr> hoisted = [];
            Expr[] bodies = [.. map.Body.Select(Split)];
            if (hoisted.Count == 0)
            {
                return null;
            }

            int[] used = [.. bodies.SelectMany(b => b.Subexpressions()).OfType<InputExpr>().Select(e => e.Index).Distinct().OrderBy(i => i)];
            EquatableArray<Expr> compact = bodies.Select(b => b.Replace(i => Expr.In(Array.IndexOf(used, i)))).ToEquatableArray();
            return [.. rewriter.Target.AddNode(new Map(compact, node.Output.Shape), [.. used.Select(i => operands[i])]).Outputs];

            Expr Split(Expr e)
            {
                if (e is not CallExpr call)
                {
                    return e;
                }

                if (IsInvariant(e))
                {
                    if (!hoisted.TryGetValue(e, out Expr? replacement))
                    {
                        if (CountOf(e) == node.Output.Shape.Count)
                        {
                            return e;
                        }

                        operands.Add(Map.Apply(rewriter.Target, e, inputs));
                        hoisted[e] = replacement = Expr.In(operands.Count - 1);
                    }

                    return replacement;
                }

                return call.Function.Apply([.. call.Arguments.Select(Split)]);
            }

            Dim CountOf(Expr e) => e.Subexpressions().OfType<InputExpr>().Select(i => node.Inputs[i.Index].Shape).Aggregate(Shape.Scalar, (a, b) => Shape.Broadcast(a, b)!).Count;

            bool IsInvariant(Expr e) => e switch
            {
                InputExpr input => invariant[input.Index],
                ConstantExpr => true,
                CallExpr call => call.Arguments.All(IsInvariant) && e.Subexpressions().Any(s => s is InputExpr),
                _ => false,
            };
        });
    }
}
