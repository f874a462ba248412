namespace NetGen.Generator;

/// <summary>Y[..., i, ...] = the sum of X[..., k, ...] over k up to i along one axis.</summary>
/// <param name="Axis">Not negative.</param>
/// <param name="IsExclusive">Whether i itself is left out.</param>
/// <param name="IsReverse">Whether k goes from i to the end.</param>
internal sealed record CumSum(int Axis, bool IsExclusive = false, bool IsReverse = false) : Op
{
    public override string Name => "CumSum";

    protected override string Arguments => $"axis={this.Axis}{(this.IsExclusive ? ", exclusive" : "")}{(this.IsReverse ? ", reverse" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) =>
        this.Axis >= 0 && this.Axis < inputs[0].Shape.Rank ? [TensorType.Float(inputs[0].Shape)] : throw new ShapeException($"There is no axis {this.Axis} in {inputs[0].Shape}.");

    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(this with { IsReverse = !this.IsReverse }, context.DY)];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        AxisView x = AxisView.Of(context.X.Shape, this.Axis);
        DoubleTensor y = DoubleTensor.Zeros(context.X.Shape);
        for (int row = 0; row < x.Outer * x.Inner; row++)
        {
            double sum = 0;
            for (int k = 0; k < x.Size; k++)
            {
                int place = x.Place(row / x.Inner, this.IsReverse ? x.Size - 1 - k : k, row % x.Inner);
                y.Data[place] = this.IsExclusive ? sum : sum + context.X.Data[place];
                sum += context.X.Data[place];
            }
        }

        return [y];
    }
}
