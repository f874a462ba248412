namespace NetGen.Generator;

/// <summary>
/// Pulls what is the same along the reduced axes out of a sum over all axes but the last: sum of dY gamma (X - mean) is gamma times sum of dY (X - mean). The gradients of
/// a normalization's mean, scale and shift then need the same two sums, which become one each.
/// </summary>
internal static class FactorSums
{
    public static Graph Rewrite(Graph graph) => GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
    {
        if (!IsOfChannels(node) || node.Inputs[0].Producer is not { Op: Map { Body.Count: 1 } } || inputs[0].Producer is not { Op: Map { Body.Count: 1 } map } producer)
        {
            return null;
        }

        (Expr? factor, Expr rest) = Split(map.Body[0], i => producer.Inputs[i].Shape.Rank <= 1);
        if (factor is null || rest is ConstantExpr || (rest is InputExpr only && producer.Inputs[only.Index].Shape != inputs[0].Shape))
        {
            return null;
        }

        Value summed = rest is InputExpr input ? producer.Inputs[input.Index] : Map.Apply(rewriter.Target, rest, producer.Inputs.Items, inputs[0].Shape);
        Value sum = rewriter.Target.Add(node.Op, summed);
        return [Map.Apply(rewriter.Target, factor * Expr.In(producer.Inputs.Count), [.. producer.Inputs, sum])];
    });

    /// <summary>Whether a node sums over all axes but the last of a map over space or time.</summary>
    public static bool IsOfChannels(Node node) =>
        node.Op is ReduceSum { KeepDims: false } sum && node.Inputs[0].Shape is { Rank: > 2, Last.IsConstant: true } shape && sum.Axes == Enumerable.Range(0, shape.Rank - 1).ToEquatableArray();

    /// <summary>The expression as Factor · Remainder, where Factor reads rows only; null where there is none.</summary>
    private static (Expr? Factor, Expr Remainder) Split(Expr e, Func<int, bool> isRow)
    {
        if (e.Subexpressions().All(s => s is CallExpr or ConstantExpr || (s is InputExpr i && isRow(i.Index))))
        {
            return (e, 1);
        }

        if (e is not CallExpr call || call.Function.Name is not ("Mul" or "Div" or "Neg"))
        {
            return (null, e);
        }

        (Expr? a, Expr x) = Split(call.Arguments[0], isRow);
        if (call.Function.Name == "Neg")
        {
            return (a is null ? -1 : -a, x);
        }

        (Expr? b, Expr y) = Split(call.Arguments[1], isRow);
        return call.Function.Name == "Mul" ? (a is null ? b : b is null ? a : a * b, x is ConstantExpr { Value: 1 } ? y : x * y)
            : y is ConstantExpr { Value: 1 } ? ((a ?? 1) / b!, x) : (a, b is null ? x / y : x / (b * y));
    }
}
