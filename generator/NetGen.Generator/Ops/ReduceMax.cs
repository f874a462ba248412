namespace NetGen.Generator;

/// <summary>Y = maximum of X over axes. Ties share the gradient equally, as in Keras on JAX.</summary>
internal sealed record ReduceMax(EquatableArray<int> Axes, bool KeepDims = false) : Op
{
    public override string Name => "ReduceMax";

    protected override string Arguments => $"axes={string.Join(" ", this.Axes)}{(this.KeepDims ? ", keepdims" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Reductions.ReducedShape(inputs[0].Shape, this.Axes, this.KeepDims))];

    public override Value?[] Differentiate(GradientContext context) => [Reductions.ExtremeGradient(context, this.Axes)];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, [.. this.Axes]) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context) =>
        [Reductions.Evaluate(context.X, this.Axes, this.KeepDims, double.NegativeInfinity, Math.Max)];
}
