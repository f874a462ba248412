namespace NetGen.Generator;

/// <summary>Y = the place of the largest element of X along an axis, which stays as 1; of equal ones the first or the last. It has no gradient.</summary>
/// <param name="Axis">Not negative.</param>
/// <param name="IsMinimum">Whether the smallest is looked for.</param>
/// <param name="SelectLast">Whether the last of equal ones is taken.</param>
internal sealed record ArgMax(int Axis, bool IsMinimum = false, bool SelectLast = false) : Op
{
    public override string Name => this.IsMinimum ? "ArgMin" : "ArgMax";

    protected override string Arguments => $"axis={this.Axis}{(this.SelectLast ? ", last" : "")}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Reductions.ReducedShape(inputs[0].Shape, EquatableArray.Of(this.Axis), keepDims: true))];

    public override Value?[] Differentiate(GradientContext context) => [null];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        AxisView x = AxisView.Of(context.X.Shape, this.Axis);
        int[] shape = (int[])context.X.Shape.Clone();
        shape[this.Axis] = 1;
        DoubleTensor y = DoubleTensor.Zeros(shape);
        for (int row = 0; row < x.Outer * x.Inner; row++)
        {
            int best = 0;
            for (int i = 1; i < x.Size; i++)
            {
                (double a, double b) = (context.X.Data[x.Place(row / x.Inner, i, row % x.Inner)], context.X.Data[x.Place(row / x.Inner, best, row % x.Inner)]);
                best = (this.IsMinimum ? a < b : a > b) || (this.SelectLast && a == b) ? i : best;
            }

            y.Data[row] = best;
        }

        return [y];
    }
}
