namespace NetGen.Generator;

/// <summary>
/// Y[n, ..., i, ...] = X[n, ..., Origin[n] + i Step[n], ...] along one axis, each sample at its own places: between two elements their linear mixture, or the nearest.
/// Shifts, flips and crops are of this form. Origin and Step have no gradient.
/// </summary>
/// <param name="Axis">Not the first.</param>
/// <param name="Count">How many places.</param>
/// <param name="IsLinear">Whether elements are mixed.</param>
/// <param name="Outside">What stands outside the map.</param>
internal sealed record SampleAxis(int Axis, int Count, bool IsLinear, Extension Outside) : Op
{
    public override string Name => "SampleAxis";

    protected override string Arguments => $"axis={this.Axis}, count={this.Count}, {(this.IsLinear ? "linear" : "nearest")}, outside={this.Outside}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        return this.Axis >= 1 && this.Axis < x.Rank && x[this.Axis].IsConstant && inputs[1].Shape == Shape.Of(x[0]) && inputs[2].Shape == Shape.Of(x[0])
            ? [TensorType.Float(x.With(this.Axis, this.Count))]
            : throw new ShapeException($"{x} cannot be sampled along axis {this.Axis} from {inputs[1].Shape} in steps {inputs[2].Shape}.");
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        int size = (int)context.X[0].Shape[this.Axis].Constant;
        return [context.Needs(0) ? context.Graph.Add(new SampleAxisGradient(this, size), context.DY, context.X[1], context.X[2]) : null, null, null];
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        int[] shape = (int[])x.Shape.Clone();
        shape[this.Axis] = this.Count;
        DoubleTensor y = DoubleTensor.Zeros(shape);
        this.ForEach(x.Shape, context.Inputs[1].Data, context.Inputs[2].Data, (from, to, weight) => y.Data[to] += weight * x.Data[from]);
        return [y];
    }

    /// <summary>Visits every pair of places in X and Y with what the one counts in the other.</summary>
    public void ForEach(int[] x, double[] origin, double[] step, Action<int, int, double> visit)
    {
        int size = x[this.Axis], inner = DoubleTensor.CountOf([.. x.Skip(this.Axis + 1)]), outer = DoubleTensor.CountOf([.. x.Take(this.Axis)]);
        for (int row = 0; row < outer; row++)
        {
            int sample = row / (outer / x[0]);
            for (int i = 0; i < this.Count; i++)
            {
                double at = origin[sample] + (i * step[sample]);
                double floor = Math.Floor(this.IsLinear ? at : at + 0.5), part = this.IsLinear ? at - floor : 0;
                Visit((long)floor, 1 - part);
                Visit((long)floor + 1, part);

                void Visit(long index, double weight)
                {
                    int place = this.Outside.Place(index, size);
                    for (int c = 0; c < inner && place >= 0 && weight != 0; c++)
                    {
                        visit((((row * size) + place) * inner) + c, (((row * this.Count) + i) * inner) + c, weight);
                    }
                }
            }
        }
    }
}
