namespace NetGen.Generator;

/// <summary>Y = product of X over axes.</summary>
internal sealed record ReduceProd(EquatableArray<int> Axes, bool KeepDims = false) : Op
{
    public override string Name => "ReduceProd";

    protected override string Arguments => $"axes={string.Join(" ", this.Axes)}{(this.KeepDims ? ", keepdims" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Reductions.ReducedShape(inputs[0].Shape, this.Axes, this.KeepDims))];

    // dY times the product of the others: without the zeros, of which one makes the others' gradients zero, and two make its own so.
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value x = context.X[0];
        Value dY = g.Add(new Reshape(Reductions.ReducedShape(x.Shape, this.Axes, keepDims: true)), context.DY);
        Value isZero = g.Add(new Map(Expr.Call("Equal", Expr.In(0), 0)), x);
        Value zeros = g.Add(new ReduceSum(this.Axes, KeepDims: true), isZero);
        Value rest = g.Add(new Map(Expr.Call("Where", Expr.Call("Equal", Expr.In(0), 0), 1, Expr.In(0))), x);
        Value product = g.Add(new ReduceProd(this.Axes, KeepDims: true), rest);
        Expr others = Expr.Call(
            "Where",
            Expr.Call("Equal", Expr.In(1), 0),
            Expr.Call("Where", Expr.Call("Equal", Expr.In(2), 1), Expr.In(3), 0),
            Expr.Call("Where", Expr.Call("Equal", Expr.In(2), 0), Expr.In(3) / Expr.In(4), 0));
        return [g.Add(new Map(Expr.In(0) * others), dY, x, zeros, product, rest)];
    }

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, [.. this.Axes]) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context) =>
        [Reductions.Evaluate(context.X, this.Axes, this.KeepDims, 1, (a, x) => a * x)];
}
