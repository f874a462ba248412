namespace NetGen.Generator;

/// <summary>
/// Moves slices of columns ahead of the map whose result only they read: the gates of a recurrent cell are columns of a sum of products, and a map that takes a gate then
/// takes it from the products. A sum of pads that fill a matrix, which is the gradient of such slices, becomes one concatenation.
/// </summary>
internal static class SplitColumns
{
    public static Graph Rewrite(Graph graph)
    {
        HashSet<Value> roots = [.. graph.Roots()];
        HashSet<Value> whole = [.. roots, .. graph.Nodes.Where(n => !IsColumns(n)).SelectMany(n => n.Inputs)];
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
            node.Op is Map ? Concatenation(rewriter.Target, node, inputs)
            : !IsColumns(node) ? null
            : !whole.Contains(node.Inputs[0]) && Ahead(rewriter.Target, (Slice)node.Op, node.Output.Shape, inputs[0]) is { } maps ? maps
            : roots.Contains(node.Output) ? [Kept(rewriter.Target, node.Op, inputs[0])]
            : null);
    }

    /// <summary>Columns that leave the graph, as a map that may join those that read them too; simplifying takes it away where it does not.</summary>
    private static Value Kept(Graph graph, Op slice, Value whole) => graph.Add(new Map(Expr.In(0)), graph.Add(slice, whole));

    /// <summary>Whether a node takes columns of a matrix, or elements of a row.</summary>
    public static bool IsColumns(Node node) => node.Op is Slice { Start.IsConstant: true, Size.IsConstant: true } slice && node.Output.Shape.Rank is 1 or 2 && slice.Axis == node.Output.Shape.Rank - 1;

    private static Value[]? Ahead(Graph graph, Slice slice, Shape shape, Value whole)
    {
        if (whole.Producer is not { Op: Map { Body: [var body] } } map || body.Subexpressions().Any(e => e is UniformExpr))
        {
            return null;
        }

        Value[] operands = [.. map.Inputs.Select(i => i.Shape.Rank == 0 || i.Shape.Last == 1 ? i : graph.Add(new Slice(i.Shape.Rank - 1, slice.Start, slice.Size), i))];
        return [Map.Apply(graph, body, operands, shape)];
    }

    private static Value[]? Concatenation(Graph graph, Node node, Value[] inputs)
    {
        Shape shape = node.Output.Shape;
        List<Value> pads = [];
        if (shape.Rank != 2 || !shape.Last.IsConstant || inputs.Length < 2 || !CollectPads((Map)node.Op, inputs, shape, pads))
        {
            return null;
        }

        Value[] ordered = [.. pads.OrderBy(p => ((Pad)p.Producer!.Op).Before.Constant).Select(p => p.Producer!.Inputs[0])];
        long end = 0;
        foreach (Value pad in pads.OrderBy(p => ((Pad)p.Producer!.Op).Before.Constant))
        {
            if (((Pad)pad.Producer!.Op).Before != end)
            {
                return null;
            }

            end += pad.Producer.Inputs[0].Shape.Last.Constant;
        }

        return end == shape.Last.Constant ? [graph.Add(new Concat(1), ordered)] : null;
    }

    /// <summary>The pads whose sum a map is, through sums that it adds up.</summary>
    private static bool CollectPads(Map map, IReadOnlyList<Value> inputs, Shape shape, List<Value> pads)
    {
        if (map.Body.Count != 1 || !IsSum(map.Body[0]) || map.Body[0].Subexpressions().OfType<InputExpr>().Count() != inputs.Count)
        {
            return false;
        }

        foreach (Value input in inputs)
        {
            switch (input.Producer)
            {
                case { Op: Pad { Axis: 1, Before.IsConstant: true }, Inputs: [{ Shape.Last.IsConstant: true }] } when input.Shape == shape:
                    pads.Add(input);
                    break;
                case { Op: Map inner } sum when input.Shape == shape && CollectPads(inner, sum.Inputs, shape, pads):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsSum(Expr body) => body is InputExpr || (body is CallExpr { Function.Name: "Add", Arguments: [var a, var b] } && a != b && IsSum(a) && IsSum(b));
}
