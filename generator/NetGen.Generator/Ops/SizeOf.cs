namespace NetGen.Generator;

/// <summary>A size that is known at run time (the batch, a count of time steps) as a scalar: what a mean divides by.</summary>
internal sealed record SizeOf(Dim Size) : Op
{
    public override string Name => "SizeOf";

    protected override string Arguments => this.Size.ToString();

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Shape.Scalar)];

    public override Value?[] Differentiate(GradientContext context) => [];

    public override Value[]? Stream(StreamContext context) => context.HasTime(this.Size) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context) => [DoubleTensor.Scalar(this.Size.Evaluate(context.Sizes))];
}
