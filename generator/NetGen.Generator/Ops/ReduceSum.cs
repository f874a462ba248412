namespace NetGen.Generator;

/// <summary>Y = sum of X over axes. Means are sums times a reciprocal.</summary>
/// <param name="Axes">Sorted, not negative.</param>
/// <param name="KeepDims">Whether a reduced axis stays as 1.</param>
internal sealed record ReduceSum(EquatableArray<int> Axes, bool KeepDims = false) : Op
{
    public override string Name => "ReduceSum";

    protected override string Arguments => $"axes={string.Join(" ", this.Axes)}{(this.KeepDims ? ", keepdims" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Reductions.ReducedShape(inputs[0].Shape, this.Axes, this.KeepDims))];

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Shape kept = Reductions.ReducedShape(context.X[0].Shape, this.Axes, keepDims: true);
        Value dY = g.Add(new Reshape(kept), context.DY);
        return [g.Add(new Map(Expr.In(0), context.X[0].Shape), dY)];
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        this.Axes.All(a => inputs[0].Shape[a] == 1) ? graph.Add(new Reshape(Reductions.ReducedShape(inputs[0].Shape, this.Axes, this.KeepDims)), inputs[0]) : null;

    public override Value? StreamSoFar(StreamContext context, int axis)
    {
        int own = this.KeepDims ? axis : Enumerable.Range(0, context.Node.Inputs[0].Shape.Rank).Where(i => !this.Axes.Contains(i)).ElementAt(axis);
        return context.HasTime(0, [.. this.Axes]) ? null : context.Graph.Add(this, context.SoFar(0, own));
    }

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, [.. this.Axes]) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context) =>
        [Reductions.Evaluate(context.X, this.Axes, this.KeepDims, 0, (a, x) => a + x)];
}
