namespace NetGen.Generator;

/// <summary>
/// Y[o..., i..., r...] = X[o..., I[i...], r...]: what lies along an axis, by numbers, which count from the end where they are negative. The numbers are the same for all of o, or of the
/// first axis, the samples, each has its own: Y[n, o..., i..., r...] = X[n, o..., I[n, i...], r...].
/// </summary>
/// <param name="Axis">Of X, not negative.</param>
/// <param name="IsPerSample">Whether each sample has numbers of its own.</param>
internal sealed record GatherAxis(int Axis, bool IsPerSample = false) : Op
{
    public override string Name => "GatherAxis";

    protected override string Arguments => $"axis={this.Axis}{(this.IsPerSample ? ", of each sample" : "")}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        (Shape x, Shape indices) = (inputs[0].Shape, inputs[1].Shape);
        return this.Axis < 0 || this.Axis >= x.Rank || (this.IsPerSample && (this.Axis == 0 || indices.Rank == 0 || indices[0] != x[0]))
            ? throw new ShapeException($"Numbers {indices} do not name places along axis {this.Axis} of {x}.")
            : [TensorType.Float(x.Slice(0, this.Axis) + indices.Slice(this.IsPerSample ? 1 : 0, indices.Rank) + x.Slice(this.Axis + 1, x.Rank))];
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(new GatherAxisGradient(this, context.X[0].Shape), context.DY, context.X[1]) : null, null];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    /// <summary>How many numbers there are for one place of the outer axes, and how many such places share them.</summary>
    public (int Count, int Sharing) Layout(int[] x, int[] indices) => this.IsPerSample
        ? (DoubleTensor.CountOf([.. indices.Skip(1)]), DoubleTensor.CountOf([.. x.Take(this.Axis).Skip(1)]))
        : (DoubleTensor.CountOf(indices), 0);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor x, DoubleTensor indices) = (context.Inputs[0], context.Inputs[1]);
        AxisView view = AxisView.Of(x.Shape, this.Axis);
        (int count, int sharing) = this.Layout(x.Shape, indices.Shape);
        DoubleTensor y = DoubleTensor.Zeros([.. x.Shape.Take(this.Axis), .. indices.Shape.Skip(this.IsPerSample ? 1 : 0), .. x.Shape.Skip(this.Axis + 1)]);
        for (int outer = 0; outer < view.Outer; outer++)
        {
            int first = sharing == 0 ? 0 : outer / sharing * count;
            for (int i = 0; i < count; i++)
            {
                Array.Copy(x.Data, view.Place(outer, view.At(indices.Data[first + i]), 0), y.Data, ((outer * count) + i) * view.Inner, view.Inner);
            }
        }

        return [y];
    }
}

/// <summary>dX of <see cref="GatherAxis"/> from dY and the numbers: each place has the sum of the gradients of its occurrences.</summary>
/// <param name="Forward">The op.</param>
/// <param name="X">The shape of its input.</param>
internal sealed record GatherAxisGradient(GatherAxis Forward, Shape X) : Op
{
    public override string Name => "GatherAxisGradient";

    protected override string Arguments => $"axis={this.Forward.Axis}{(this.Forward.IsPerSample ? ", of each sample" : "")}, x={this.X}";

    public override TensorType[] Infer(TensorType[] inputs) =>
        this.Forward.Infer([TensorType.Float(this.X), inputs[1]])[0].Shape == inputs[0].Shape
            ? [TensorType.Float(this.X)]
            : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of {this.X} at {inputs[1].Shape}.");

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(this.Forward, context.DY, context.X[1]) : null, null];

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor dY, DoubleTensor indices) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor dX = DoubleTensor.Zeros(this.X.Evaluate(context.Sizes));
        AxisView view = AxisView.Of(dX.Shape, this.Forward.Axis);
        (int count, int sharing) = this.Forward.Layout(dX.Shape, indices.Shape);
        for (int outer = 0; outer < view.Outer; outer++)
        {
            int first = sharing == 0 ? 0 : outer / sharing * count;
            for (int i = 0; i < count * view.Inner; i++)
            {
                dX.Data[view.Place(outer, view.At(indices.Data[first + (i / view.Inner)]), i % view.Inner)] += dY.Data[(outer * count * view.Inner) + i];
            }
        }

        return [dX];
    }
}
