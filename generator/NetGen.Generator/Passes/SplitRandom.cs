namespace NetGen.Generator;

/// <summary>
/// Random numbers are drawn in blocks of consecutive elements, in flat loops only. Where a map that draws some also broadcasts, the numbers become a map of their own.
/// </summary>
internal static class SplitRandom
{
    public static Graph Rewrite(Graph graph) => GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
    {
        if (node.Op is not Map map || IterationSpace.Of(node.Output.Shape, [.. inputs.Select(i => i.Shape)]).Dims.Count == 1)
        {
            return null;
        }

        UniformExpr[] streams = [.. map.Body.SelectMany(b => b.Subexpressions()).OfType<UniformExpr>().Distinct()];
        if (streams.Length == 0)
        {
            return null;
        }

        Value[] drawn = [.. streams.Select(s => rewriter.Target.Add(new Map(s, node.Output.Shape)))];
        return [.. rewriter.Target.AddNode(map with { Body = map.Body.Select(Replace).ToEquatableArray() }, [.. inputs, .. drawn]).Outputs];

        Expr Replace(Expr e) => e switch
        {
            UniformExpr uniform => Expr.In(inputs.Length + Array.IndexOf(streams, uniform)),
            CallExpr call => call.Function.Apply([.. call.Arguments.Select(Replace)]),
            _ => e,
        };
    });
}
