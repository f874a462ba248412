namespace NetGen.Generator;

/// <summary>
/// Keras's activations with their default parameters, by the names of the runtime's enum <c>Activation</c>; those with parameters are layers too.
/// </summary>
internal static class ActivationTable
{
    private static readonly Dictionary<string, Func<Graph, Value, Value>> Rows = new(StringComparer.Ordinal)
    {
        ["Linear"] = (g, x) => x,
        ["ReLU"] = Elementwise(x => Expr.Call("Relu", x)),
        ["LeakyReLU"] = Elementwise(x => ActivationExpressions.LeakyReLU(x, 0.2)),
        ["ReLU6"] = Elementwise(x => ActivationExpressions.Clip(x, 0, 6)),
        ["Softmax"] = (g, x) => AlongAxes(g, x, [x.Shape.Rank - 1], new Softmax()),
        ["CELU"] = Elementwise(x => ActivationExpressions.CELU(x, 1)),
        ["ELU"] = Elementwise(x => ActivationExpressions.ELU(x, 1)),
        ["SELU"] = Elementwise(ActivationExpressions.SELU),
        ["GELU"] = Elementwise(x => ActivationExpressions.GELU(x, approximate: false)),
        ["GLU"] = (g, x) => GLU(g, x, x.Shape.Rank - 1),
        ["SiLU"] = Elementwise(x => x * Expr.Call("Sigmoid", x)),
        ["Mish"] = Elementwise(x => x * Expr.Call("Tanh", Expr.Call("Softplus", x))),
        ["Softplus"] = Elementwise(x => Expr.Call("Softplus", x)),
        ["Softsign"] = Elementwise(x => x / (Expr.Call("Abs", x) + 1)),
        ["Squareplus"] = Elementwise(x => ActivationExpressions.Squareplus(x, 4)),
        ["SoftShrink"] = Elementwise(x => ActivationExpressions.SoftShrink(x, 0.5)),
        ["HardShrink"] = Elementwise(x => ActivationExpressions.HardShrink(x, 0.5)),
        ["TanhShrink"] = Elementwise(x => x - Expr.Call("Tanh", x)),
        ["SparsePlus"] = Elementwise(ActivationExpressions.SparsePlus),
        ["SparseSigmoid"] = Elementwise(x => ActivationExpressions.Clip(0.5 * (x + 1), 0, 1)),
        ["Sparsemax"] = (g, x) => AlongAxes(g, x, [x.Shape.Rank - 1], new Sparsemax()),
        ["Tanh"] = Elementwise(x => Expr.Call("Tanh", x)),
        ["Sigmoid"] = Elementwise(x => Expr.Call("Sigmoid", x)),
        ["HardSigmoid"] = Elementwise(ActivationExpressions.HardSigmoid),
        ["LegacyHardSigmoid"] = Elementwise(x => ActivationExpressions.Clip((0.2 * x) + 0.5, 0, 1)),
        ["HardSiLU"] = Elementwise(x => x * ActivationExpressions.HardSigmoid(x)),
        ["HardTanh"] = Elementwise(x => ActivationExpressions.Clip(x, -1, 1)),
        ["Exponential"] = Elementwise(x => Expr.Call("Exp", x)),
        ["LogSigmoid"] = Elementwise(x => -Expr.Call("Softplus", -x)),
        ["LogSoftmax"] = (g, x) => AlongAxes(g, x, [x.Shape.Rank - 1], new LogSoftmax()),
        ["Threshold"] = Elementwise(x => ActivationExpressions.Threshold(x, 0, 0)),
    };

    /// <summary>The enum's members.</summary>
    public static readonly IReadOnlyList<string> Names = [.. Rows.Keys];

    /// <summary>Keras's second names, which a text may be: the enum has each activation once, so that a value has one name.</summary>
    public static readonly IReadOnlyDictionary<string, string> SecondNames = new Dictionary<string, string>(StringComparer.Ordinal) { ["swish"] = "SiLU", ["hardswish"] = "HardSiLU" };

    public static Value Apply(string name, Graph graph, Value x) => Rows[name](graph, x);

    /// <summary>Applies an op of the last axis along others: they are moved to the end and taken as one.</summary>
    public static Value AlongAxes(Graph graph, Value x, IReadOnlyList<int> axes, Op op)
    {
        int rank = x.Shape.Rank;
        int[] permutation = [.. Enumerable.Range(0, rank).Where(i => !axes.Contains(i)), .. axes];
        bool isMoved = !permutation.SequenceEqual(Enumerable.Range(0, rank));
        Value moved = isMoved ? graph.Add(new Transpose(permutation.ToEquatableArray()), x) : x;
        Shape kept = moved.Shape.Slice(0, rank - axes.Count);
        Value y = axes.Count == 1 ? graph.Add(op, moved)
            : graph.Add(new Reshape(moved.Shape), graph.Add(op, graph.Add(new Reshape(kept + Shape.Of(moved.Shape.CountOf(rank - axes.Count, rank))), moved)));
        return isMoved ? graph.Add(new Transpose(Enumerable.Range(0, rank).Select(i => Array.IndexOf(permutation, i)).ToEquatableArray()), y) : y;
    }

    /// <summary>The first half along an axis times the sigmoid of the second.</summary>
    public static Value GLU(Graph graph, Value x, int axis)
    {
        Dim half = x.Shape[axis].Divide(2) ?? throw new ShapeException($"GLU halves axis {axis} of {x.Shape}, whose size is not even.");
        return graph.Add(
            new Map(Expr.In(0) * Expr.Call("Sigmoid", Expr.In(1))),
            graph.Add(new Slice(axis, 0, half), x),
            graph.Add(new Slice(axis, half, half), x));
    }

    private static Func<Graph, Value, Value> Elementwise(Func<Expr, Expr> body) => (graph, x) => graph.Add(new Map(body(Expr.In(0))), x);
}
