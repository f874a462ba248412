using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>
/// Layers that exporters write as their formulas. A formula is looked at from its last node, when everything before is known; the layers that were written for its parts are read by nothing
/// then and go.
/// </summary>
internal static class Patterns
{
    /// <summary>How far constants may be off: those in fp16 are by 0.0003.</summary>
    private const double Tolerance = 4e-4;

    /// <summary>Nodes of the longest formula and to spare: what is looked at behind one node, whatever a model makes of it.</summary>
    private const int MostParts = 64;

    /// <summary>The slope of the argument of GELU's tangent at 0, and what the third power of x counts.</summary>
    private static readonly double TanhSlope = Math.Sqrt(2 / Math.PI), Cubic = 0.044715;

    /// <summary>Activations f(x) = p(x) g(q(x)): g, by its operators from the outermost, the polynomials p and q, and the layer.</summary>
    private static readonly (string[] Gate, double[] Outer, double[] Inner, string Kind, bool IsApproximate)[] Activations =
    [
        (["1+", "Erf"], [0, 0.5], [0, Math.Sqrt(0.5)], "GELU", false),
        (["1+", "Tanh"], [0, 0.5], [0, TanhSlope, 0, TanhSlope * Cubic], "GELU", true),
        (["Sigmoid"], [0, 1], [0, 1], "SiLU", false),
        (["Tanh", "Softplus"], [0, 1], [0, 1], "Mish", false),
        (["HardSigmoid"], [0, 1], [0, 1], "HardSiLU", false),
        (["Clip6"], [0, 1 / 6.0], [3, 1], "HardSiLU", false),
    ];

    /// <summary>Sets the output of a product or quotient that ends the formula of an activation.</summary>
    public static bool TryActivation(NodeContext c)
    {
        if (c.IsFolding)
        {
            return false;
        }

        string result = c.Node.Output[0];
        foreach (string gate in Parts(c, result, n => n.Node.OpType == "Mul" ? n.Node.Input : IsOverNumber(c, n) ? n.Node.Input.Take(1) : []))
        {
            foreach ((string[] operators, double[] outer, double[] inner, string kind, bool isApproximate) in Activations)
            {
                if (Within(c, gate, operators) is not { } argument)
                {
                    continue;
                }

                string? x = Parts(c, argument, n => n.Node.OpType is "Mul" or "Div" or "Add" or "Sub" or "Pow" or "Neg" ? n.Node.Input : [])
                    .FirstOrDefault(v => IsNear(Polynomial(c, argument, v, null), inner) && IsNear(Polynomial(c, result, v, gate), outer));
                if (x is not null && c.Known(x) is TapValue tap)
                {
                    c.Set(tap with { Name = c.Writer.Apply(kind, [tap.Name], null, isApproximate ? [("Approximate", new BooleanValue(true))] : []), IsNonNegative = false });
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Sets the output of (x - mean) / sqrt(variance + epsilon), the statistics being those of x over some axes.</summary>
    public static bool TryNormalization(NodeContext c)
    {
        if (c.IsFolding || Quotient(c) is not { } quotient)
        {
            return false;
        }

        if (c.Producer(quotient.Numerator) is not { Node.OpType: "Sub" } centred || Root(c, quotient.Denominator) is not { } shifted || Shifted(c, shifted) is not { } sum)
        {
            return false;
        }

        string x = centred.Node.Input[0];
        if (Mean(c, centred.Node.Input[1]) is not { } mean || mean.X != x || Mean(c, sum.Variance) is not { } variance || !variance.Axes.SequenceEqual(mean.Axes) || !IsSquareOf(c, variance.X, quotient.Numerator, x, mean.Axes)
            || c.Known(x) is not TapValue tap || tap.BatchAxis >= 0 && mean.Axes.Contains(tap.BatchAxis))
        {
            return false;
        }

        Set(c, new Normalized(tap, mean.Axes, NodeContext.Shortest((float)sum.Epsilon), null));
        return true;
    }

    /// <summary>Sets the output of a normalized tensor times gamma, or plus beta: they become the layer's own.</summary>
    public static bool TryAffine(NodeContext c, string op)
    {
        if (c.IsFolding || op is not ("Mul" or "Add"))
        {
            return false;
        }

        for (int i = 0; i < 2; i++)
        {
            if (c.NormalizedAs(c.Node.Input[i]) is not { } normalized || c.Known(c.Node.Input[1 - i]) is not ConstantValue { Count: > 1 } constant || normalized.WeightOf(constant) is not { } weight)
            {
                continue;
            }

            if (op == "Add")
            {
                c.Set(Normalization.Layer(c, normalized.X, normalized.Axes, normalized.Epsilon, normalized.Gamma, weight));
                return true;
            }

            if (normalized.Gamma is null)
            {
                Set(c, normalized with { Gamma = weight });
                return true;
            }
        }

        return false;
    }

    private static void Set(NodeContext c, Normalized normalized)
    {
        c.Set(Normalization.Layer(c, normalized.X, normalized.Axes, normalized.Epsilon, normalized.Gamma, null));
        c.NoteNormalized(normalized);
    }

    /// <summary>a / b, or a times the reciprocal of b.</summary>
    private static (string Numerator, string Denominator)? Quotient(NodeContext c)
    {
        (string a, string b) = (c.Node.Input[0], c.Node.Input[1]);
        if (c.Node.OpType == "Div")
        {
            return (a, b);
        }

        return c.Producer(b) is { Node.OpType: "Reciprocal" } right ? (a, right.Node.Input[0])
            : c.Producer(a) is { Node.OpType: "Reciprocal" } left ? (b, left.Node.Input[0]) : null;
    }

    private static string? Root(NodeContext c, string name) => c.Producer(name) switch
    {
        { Node.OpType: "Sqrt" } root => root.Node.Input[0],
        { Node.OpType: "Pow" } power when Number(c, power.Node.Input[1]) == 0.5 => power.Node.Input[0],
        _ => null,
    };

    private static (string Variance, double Epsilon)? Shifted(NodeContext c, string name) =>
        c.Producer(name) is not { Node.OpType: "Add" } sum ? null
        : Number(c, sum.Node.Input[1]) is { } right ? (sum.Node.Input[0], right)
        : Number(c, sum.Node.Input[0]) is { } left ? (sum.Node.Input[1], left) : null;

    private static (string X, int[] Axes)? Mean(NodeContext c, string name)
    {
        if (c.Producer(name) is not { Node.OpType: "ReduceMean" } mean || mean.Integer("keepdims", 1) == 0 || c.Known(mean.Node.Input[0]) is not { } x)
        {
            return null;
        }

        int[]? axes = mean.Integers("axes") ?? (mean.Has(1) && mean.Known(mean.Node.Input[1]) is ConstantValue given ? Array.ConvertAll(given.Longs(), a => (int)a) : null);
        return axes is { Length: > 0 } ? (mean.Node.Input[0], [.. NodeContext.Axes(axes, x.Rank).Order()]) : null;
    }

    /// <summary>Whether something is the square of x - mean, be it the same node or another that computes it once more.</summary>
    private static bool IsSquareOf(NodeContext c, string name, string centred, string x, int[] axes)
    {
        NodeContext? square = c.Producer(name);
        string? root = square?.Node.OpType switch
        {
            "Pow" when Number(c, square.Node.Input[1]) == 2 => square.Node.Input[0],
            "Mul" when square.Node.Input[0] == square.Node.Input[1] => square.Node.Input[0],
            _ => null,
        };
        return root is not null && (root == centred
            || (c.Producer(root) is { Node.OpType: "Sub" } other && other.Node.Input[0] == x && Mean(c, other.Node.Input[1]) is { } mean && mean.X == x && mean.Axes.SequenceEqual(axes)));
    }

    /// <summary>What a tensor is made of, itself first and numbers aside: all that is met on the way from it through the inputs that are told of each node.</summary>
    private static List<string> Parts(NodeContext c, string name, Func<NodeContext, IEnumerable<string>> inputs)
    {
        List<string> parts = [name];
        for (int i = 0; i < parts.Count && c.Producer(parts[i]) is var node; i++)
        {
            foreach (string input in node is null ? [] : inputs(node))
            {
                if (parts.Count < MostParts && !parts.Contains(input) && Number(c, input) is null)
                {
                    parts.Add(input);
                }
            }
        }

        return parts;
    }

    private static bool IsOverNumber(NodeContext c, NodeContext node) => node.Node.OpType == "Div" && Number(c, node.Node.Input[1]) is not null;

    /// <summary>The argument of nested operators; null where a tensor is made of others.</summary>
    private static string? Within(NodeContext c, string name, string[] operators)
    {
        foreach (string op in operators)
        {
            NodeContext? node = c.Producer(name);
            string? argument = (op, node?.Node.OpType) switch
            {
                ("1+", "Add") => Number(c, node!.Node.Input[0]) == 1 ? node.Node.Input[1] : Number(c, node.Node.Input[1]) == 1 ? node.Node.Input[0] : null,
                ("Clip6", "Clip") => Limits(node!) is (0, 6) ? node!.Node.Input[0] : null,
                ("HardSigmoid", "HardSigmoid") => Math.Abs(node!.Number("alpha", 0.2) - (1 / 6.0)) < 1e-6 && node.Number("beta", 0.5) == 0.5 ? node.Node.Input[0] : null,
                var (wanted, found) => wanted == found ? node!.Node.Input[0] : null,
            };
            if (argument is null)
            {
                return null;
            }

            name = argument;
        }

        return name;

        static (double?, double?) Limits(NodeContext clip) => clip.Opset < 11 ? (clip.Number("min", double.NegativeInfinity), clip.Number("max", double.PositiveInfinity))
            : (clip.Has(1) ? Number(clip, clip.Node.Input[1]) : null, clip.Has(2) ? Number(clip, clip.Node.Input[2]) : null);
    }

    /// <summary>The coefficients of a tensor as a polynomial of x up to the third power, where one tensor counts as 1; null where it is none.</summary>
    private static double[]? Polynomial(NodeContext c, string name, string x, string? one)
    {
        Dictionary<string, double[]?> known = new(StringComparer.Ordinal) { [x] = [0, 1, 0, 0] };
        if (one is not null)
        {
            known[one] = [1, 0, 0, 0];
        }

        return Of(name);

        double[]? Of(string part)
        {
            if (known.TryGetValue(part, out double[]? found))
            {
                return found;
            }

            // What is far from the end of a formula, and what goes in circles, is none.
            known[part] = null;
            return known[part] = Number(c, part) is { } number ? [number, 0, 0, 0] : known.Count < MostParts && c.Producer(part) is { } node ? Combine(node) : null;
        }

        double[]? Combine(NodeContext node)
        {
            IReadOnlyList<string> inputs = node.Node.Input;
            switch (node.Node.OpType)
            {
                case "Neg":
                    return Of(inputs[0]) is { } negated ? [.. negated.Select(v => -v)] : null;
                case "Add":
                    return Of(inputs[0]) is { } left && Of(inputs[1]) is { } right ? [.. left.Zip(right, (p, q) => p + q)] : null;
                case "Sub":
                    return Of(inputs[0]) is { } minuend && Of(inputs[1]) is { } subtrahend ? [.. minuend.Zip(subtrahend, (p, q) => p - q)] : null;
                case "Mul":
                    return Of(inputs[0]) is { } factor && Of(inputs[1]) is { } other ? Times(factor, other) : null;
                case "Div":
                    return Number(c, inputs[1]) is { } divisor && divisor != 0 && Of(inputs[0]) is { } dividend ? [.. dividend.Select(v => v / divisor)] : null;
                case "Pow" when Of(inputs[0]) is { } root:
                    return Number(c, inputs[1]) switch { 2 => Times(root, root), 3 => Times(root, root) is { } square ? Times(square, root) : null, _ => null };
                default:
                    return null;
            }
        }

        static double[]? Times(double[] p, double[] q)
        {
            double[] product = new double[7];
            for (int i = 0; i < 4; i++)
            {
                for (int k = 0; k < 4; k++)
                {
                    product[i + k] += p[i] * q[k];
                }
            }

            return product.Skip(4).All(v => v == 0) ? product[..4] : null;
        }
    }

    private static bool IsNear(double[]? polynomial, double[] wanted) => polynomial is not null
        && polynomial.Zip(wanted.Concat(new double[polynomial.Length - wanted.Length])).All(p => Math.Abs(p.First - p.Second) <= Tolerance * Math.Abs(p.Second));

    /// <summary>A constant of one number that adds no axis to anything.</summary>
    private static double? Number(NodeContext c, string name) => c.Known(name) is ConstantValue { Count: 1, Rank: <= 1 } constant ? constant.Data()[0] : null;
}

/// <summary>A tensor that is another with its mean taken off, divided by its deviation, and what it was multiplied by.</summary>
internal sealed record Normalized(TapValue X, int[] Axes, double Epsilon, ConstantValue? Gamma)
{
    /// <summary>A constant that is broadcast over all axes but those of the statistics, as a weight of these; null where it is another.</summary>
    public ConstantValue? WeightOf(ConstantValue constant)
    {
        int missing = this.X.Rank - constant.Rank;
        if (missing < 0 || this.Axes.Any(a => !this.X.Dims[a].IsConstant))
        {
            return null;
        }

        int[] full = [.. Enumerable.Repeat(1, missing), .. constant.Shape];
        bool isOwn = Enumerable.Range(0, full.Length).All(a => full[a] == 1 || (this.Axes.Contains(a) && this.X.Dims[a] == full[a]));
        return isOwn ? constant.Reshaped([.. this.Axes.Select(a => full[a])]) : null;
    }
}
