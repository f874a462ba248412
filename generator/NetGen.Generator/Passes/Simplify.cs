namespace NetGen.Generator;

/// <summary>Identities of the ops, constant folding, common subexpressions and, by rebuilding, dead code.</summary>
internal static class Simplify
{
    /// <summary>Constants beyond this many elements are not folded: they would swell the emitted code.</summary>
    private const int LargestFolded = 4096;

    public static Graph Rewrite(Graph graph)
    {
        Dictionary<(Op, EquatableArray<Value>), Node> known = [];
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (node.Op.Simplify(rewriter.Target, inputs) is { } simpler)
            {
                return [simpler];
            }

            if (inputs.Length > 0 && inputs.All(i => i.Kind == ValueKind.Constant) && node.Outputs.All(o => o.Shape.IsConstant && o.Shape.Count.Constant <= LargestFolded) && node.Op is Map or Reshape or Transpose or ReduceSum)
            {
                Interpreter interpreter = new(new Dictionary<string, long>());
                DoubleTensor[] folded = node.Op.Evaluate(new EvaluationContext([.. inputs.Select(interpreter.Get)], new Dictionary<string, long>(), (_, _) => throw new InvalidOperationException()));
                return [.. folded.Select((t, i) => rewriter.Target.Constant(node.Outputs[i].Shape, t.Data, node.Outputs[i].Type.Element))];
            }

            (Op, EquatableArray<Value>) key = (node.Op, inputs.ToEquatableArray());
            if (!known.TryGetValue(key, out Node? same))
            {
                known[key] = same = rewriter.Target.AddNode(node.Op, inputs);
            }

            return [.. same.Outputs];
        });
    }
}
