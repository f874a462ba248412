namespace NetGen.Generator;

/// <summary>Y = maximum of X over axes. Ties share the gradient equally, as in Keras on JAX.</summary>
internal sealed record ReduceMax(EquatableArray<int> Axes, bool KeepDims = false) : Op
{
    public override string Name => "ReduceMax";

    protected override string Arguments => $"axes={string.Join(" ", this.Axes)}{(this.KeepDims ? ", keepdims" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Reductions.ReducedShape(inputs[0].Shape, this.Axes, this.KeepDims))];

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Shape kept = Reductions.ReducedShape(context.X[0].Shape, this.Axes, keepDims: true);
        Value y = g.Add(new Reshape(kept), context.Y[0]);
        Value dY = g.Add(new Reshape(kept), context.DY);
        Value isMax = g.Add(new Map(Expr.Call("Equal", Expr.In(0), Expr.In(1))), context.X[0], y);
        Value ties = g.Add(new ReduceSum(this.Axes, KeepDims: true), isMax);
        return [g.Add(new Map(Expr.In(0) * Expr.In(1) / Expr.In(2)), isMax, dY, ties)];
    }

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, [.. this.Axes]) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context) =>
        [Reductions.Evaluate(context.X, this.Axes, this.KeepDims, double.NegativeInfinity, Math.Max)];
}
