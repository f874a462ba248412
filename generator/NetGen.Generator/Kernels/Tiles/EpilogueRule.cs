namespace NetGen.Generator;

/// <summary>Takes a cheap map into the register tile of the product or convolution that it alone reads.</summary>
internal static class EpilogueRule
{
    /// <summary>More operations than this on every accumulator would crowd the tile out of its registers.</summary>
    private const int MostCalls = 8;

    /// <summary>Marks the products that a map takes along; they are lowered with it.</summary>
    public static void Absorb(Lowering lowering, IReadOnlyList<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            if (Match(lowering, node) is { } match)
            {
                lowering.Absorbed.Add(match.Product);
            }
        }
    }

    public static bool Lower(Lowering lowering, Node node)
    {
        if (Match(lowering, node) is not { } match)
        {
            return false;
        }

        bool isLowered = match.Product.Op is MatMul
            ? MatMulRule.Lower(lowering, match.Product, node.Output, match.Epilogue, match.Operands)
            : ConvRules.Lower(lowering, match.Product, node.Output, match.Epilogue, match.Operands)
                || DepthwiseRules.Lower(lowering, match.Product, node.Output, match.Epilogue, match.Operands);
        if (!isLowered)
        {
            throw new InvalidOperationException($"{match.Product.Op} was absorbed by a map but has no tiled kernel.");
        }

        return true;
    }

    private static (Node Product, Epilogue Epilogue, Value[] Operands)? Match(Lowering lowering, Node node)
    {
        if (node.Op is not Map { Body.Count: 1 } map || ColumnRule.Takes(node) || lowering.PhaseOf(node) == Phase.Prepare || !IsCheap(map.Body[0]))
        {
            return null;
        }

        for (int i = 0; i < node.Inputs.Count; i++)
        {
            Value product = node.Inputs[i];
            if (product.Producer is not { Op: MatMul or Conv or ConvInputGradient } producer || lowering.Uses(product) != 1 || product.Shape != node.Output.Shape
                || lowering.PhaseOf(producer) != lowering.PhaseOf(node) || !IsTiled(lowering, producer))
            {
                continue;
            }

            Value[] others = [.. node.Inputs.Where((_, k) => k != i)];
            EpilogueOperand[] kinds = new EpilogueOperand[others.Length];
            bool fits = true;
            for (int k = 0; k < others.Length && fits; k++)
            {
                Shape shape = others[k].Shape;
                bool row = shape.Rank >= 1 && shape.Last == product.Shape.Last && shape.Count == shape.Last && product.Shape.Last != 1;
                // Whole panels load nothing behind the last element.
                bool whole = product.Shape.Last.Constant % PanelLayout.Width == 0;
                fits = row || (shape == product.Shape && (whole || !lowering.IsCallers(others[k])));
                kinds[k] = row ? EpilogueOperand.Row : EpilogueOperand.Full;
            }

            if (fits)
            {
                int product0 = i;
                Expr body = map.Body[0].Replace(k => Expr.In(k == product0 ? 0 : k < product0 ? k + 1 : k));
                return (producer, new Epilogue(body, kinds.ToEquatableArray()), others);
            }
        }

        return null;
    }

    private static bool IsTiled(Lowering lowering, Node producer)
    {
        if (producer.Op is not MatMul op)
        {
            return ConvRules.IsTiled(producer) || DepthwiseRules.IsTiled(producer);
        }

        (Shape a, Shape b) = (producer.Inputs[0].Shape, producer.Inputs[1].Shape);
        bool strides = a[1].IsConstant;
        return !MatMulRule.IsDot(producer) && producer.Output.Shape[1].IsConstant && strides && (b.IsConstant || (!op.TransposeB && !lowering.IsCallers(producer.Inputs[1])));
    }

    private static bool IsCheap(Expr body)
    {
        List<Expr> parts = [.. body.Subexpressions()];
        return parts.OfType<CallExpr>().All(c => !c.Function.IsCostly) && parts.OfType<CallExpr>().Count() <= MostCalls && !parts.Any(p => p is UniformExpr);
    }
}
