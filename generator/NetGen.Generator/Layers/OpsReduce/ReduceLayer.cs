namespace NetGen.Generator;

/// <summary>A layer that takes axes together: <c>Ops.ReduceMean(2)</c>. Without axes it takes all but the batch.</summary>
/// <param name="kind">The attribute's name.</param>
/// <param name="build">The ops, from the input and the axes; these stay as 1.</param>
internal sealed class ReduceLayer(string kind, Func<Graph, Value, EquatableArray<int>, Value> build) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["Axes", "KeepDims"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        int first = Batch.IsIn(x) ? 1 : 0;
        int[] axes = context.Has("Axes") ? [.. context.Axes("Axes", [])] : [.. Enumerable.Range(first, x.Rank - first)];
        Value y = build(context.Graph, context.X, axes.ToEquatableArray());
        return context.Boolean("KeepDims", true) ? y : context.Graph.Add(new Reshape(Reductions.ReducedShape(x, axes.ToEquatableArray(), keepDims: false)), y);
    }
}

/// <summary>The reductions that are more than one op.</summary>
internal static class ReduceExpressions
{
    public static Value Sum(Graph g, Value x, EquatableArray<int> axes) => axes.Count == 0 ? x : g.Add(new ReduceSum(axes, KeepDims: true), x);

    public static Value Mean(Graph g, Value x, EquatableArray<int> axes) => axes.Count == 0 ? x : Reductions.Mean(g, x, axes, keepDims: true);

    public static Value Max(Graph g, Value x, EquatableArray<int> axes) => axes.Count == 0 ? x : g.Add(new ReduceMax(axes, KeepDims: true), x);

    public static Value Min(Graph g, Value x, EquatableArray<int> axes) => axes.Count == 0 ? x : g.Add(new ReduceMin(axes, KeepDims: true), x);

    public static Value Prod(Graph g, Value x, EquatableArray<int> axes) => axes.Count == 0 ? x : g.Add(new ReduceProd(axes, KeepDims: true), x);

    public static Value L1(Graph g, Value x, EquatableArray<int> axes) => Sum(g, g.Add(new Map(Expr.Call("Abs", Expr.In(0))), x), axes);

    public static Value SumSquare(Graph g, Value x, EquatableArray<int> axes) => Sum(g, g.Add(new Map(Expr.In(0) * Expr.In(0)), x), axes);

    public static Value L2(Graph g, Value x, EquatableArray<int> axes) => g.Add(new Map(Expr.Call("Sqrt", Expr.In(0))), SumSquare(g, x, axes));

    public static Value LogSum(Graph g, Value x, EquatableArray<int> axes) => g.Add(new Map(Expr.Call("Log", Expr.In(0))), Sum(g, x, axes));

    /// <summary>From the largest element on, so that no exponential overflows; where that is infinite, as it is.</summary>
    public static Value LogSumExp(Graph g, Value x, EquatableArray<int> axes)
    {
        Expr isInfinite = Expr.Call("Equal", Expr.Call("Abs", Expr.In(0)), double.PositiveInfinity);
        Value largest = g.Add(new Map(Expr.Call("Where", isInfinite, 0, Expr.Call("Detach", Expr.In(0)))), Max(g, x, axes));
        Value sum = Sum(g, g.Add(new Map(Expr.Call("Exp", Expr.In(0) - Expr.In(1))), x, largest), axes);
        return g.Add(new Map(Expr.Call("Log", Expr.In(0)) + Expr.In(1)), sum, largest);
    }
}
