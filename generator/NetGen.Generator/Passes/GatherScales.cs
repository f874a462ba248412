namespace NetGen.Generator;

/// <summary>
/// Gathers what scales and shifts a product's columns, or a convolution's channels, by numbers of the weights alone into one multiply-add, for inference:
/// (X W + b) s + t = (X W) s + (b s + t), both rows made by Prepare. That is a BatchNormalization behind a dense layer or a convolution; its multiply-add stands in
/// the product's epilogue, where it costs no more than a bias. The weights stay as they are, so that no scaled copy of them lies in memory.
/// </summary>
internal static class GatherScales
{
    public static Graph Rewrite(Graph graph)
    {
        // In training the weights change with every step: nothing would be won.
        if (graph.Updates.Count > 0 || graph.ParameterGradients.Count > 0)
        {
            return graph;
        }

        Phases phases = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        return GraphRewriter.Rewrite(graph, (rewriter, node, inputs) =>
        {
            if (node.Op is not Map { Body.Count: 1 } map || phases[node] == Phase.Prepare)
            {
                return null;
            }

            for (int p = 0; p < inputs.Length; p++)
            {
                Shape shape = node.Output.Shape;
                if (node.Inputs[p].Producer is not { Op: MatMul or Conv } || uses[node.Inputs[p]] != 1 || node.Inputs[p].Shape != shape || !shape.Last.IsConstant)
                {
                    continue;
                }

                bool IsRow(int i) => phases.Of(node.Inputs[i]) == Phase.Prepare && (node.Inputs[i].Shape.Rank == 0 || (node.Inputs[i].Shape.Rank == 1 && i != p));
                if (Largest(map.Body[0], p, IsRow) is { } found)
                {
                    List<Value> operands = [.. inputs];
                    Expr scaled = Expr.In(p) * Row(found.Affine.Scale);
                    Expr replacement = found.Affine.Shift is ConstantExpr { Value: 0 } ? scaled : scaled + Row(found.Affine.Shift);
                    return [Map.Apply(rewriter.Target, Replace(map.Body[0], found.Part, replacement), operands)];

                    // A number for each column, also where it is one for all: an epilogue takes rows.
                    Expr Row(Expr e)
                    {
                        if (e is ConstantExpr)
                        {
                            return e;
                        }

                        operands.Add(Map.Apply(rewriter.Target, e, inputs, Shape.Of(shape.Last)));
                        return Expr.In(operands.Count - 1);
                    }
                }
            }

            return null;
        });
    }

    /// <summary>The largest part of a body that is affine in the product, such that the product stands nowhere else, if it scales at all.</summary>
    private static (Expr Part, (Expr Scale, Expr Shift) Affine)? Largest(Expr body, int product, Func<int, bool> isRow)
    {
        foreach (Expr part in body.Subexpressions().Reverse())
        {
            if (Affine(part, product, isRow) is { } affine && affine.Scale is not ConstantExpr { Value: 1 } && !Contains(Replace(body, part, 0), product))
            {
                return (part, affine);
            }
        }

        return null;
    }

    /// <summary>The expression as Scale · product + Shift, or null where it is not of that form.</summary>
    private static (Expr Scale, Expr Shift)? Affine(Expr e, int product, Func<int, bool> isRow)
    {
        if (e is InputExpr input && input.Index == product)
        {
            return (1, 0);
        }

        if (e is not CallExpr call)
        {
            return null;
        }

        Expr a = call.Arguments[0];
        (Expr Scale, Expr Shift)? first = Contains(a, product) ? Affine(a, product, isRow) : null;
        if (call.Function.Name == "Neg")
        {
            return first is { } f ? (-f.Scale, -f.Shift) : null;
        }

        if (call.Arguments.Count != 2)
        {
            return null;
        }

        Expr b = call.Arguments[1];
        (Expr Scale, Expr Shift)? second = Contains(b, product) ? Affine(b, product, isRow) : null;
        return (call.Function.Name, first, second) switch
        {
            ("Add", { } x, null) when IsRow(b) => (x.Scale, x.Shift + b),
            ("Add", null, { } x) when IsRow(a) => (x.Scale, a + x.Shift),
            ("Sub", { } x, null) when IsRow(b) => (x.Scale, x.Shift - b),
            ("Sub", null, { } x) when IsRow(a) => (-x.Scale, a - x.Shift),
            ("Mul", { } x, null) when IsRow(b) => (Times(x.Scale, b), Times(x.Shift, b)),
            ("Mul", null, { } x) when IsRow(a) => (Times(x.Scale, a), Times(x.Shift, a)),
            ("Div", { } x, null) when IsRow(b) => (x.Scale / b, x.Shift is ConstantExpr { Value: 0 } ? 0 : x.Shift / b),
            _ => null,
        };

        bool IsRow(Expr other) => other.Subexpressions().All(s => s is InputExpr i ? isRow(i.Index) : s is not UniformExpr);
    }

    private static Expr Times(Expr a, Expr b) => a is ConstantExpr { Value: 0 } ? 0 : a * b;

    private static bool Contains(Expr e, int input) => e.Subexpressions().Any(s => s is InputExpr i && i.Index == input);

    private static Expr Replace(Expr e, Expr part, Expr by) =>
        e == part ? by : e is CallExpr call ? call.Function.Apply([.. call.Arguments.Select(a => Replace(a, part, by))]) : e;
}
