namespace NetGen.Generator;

/// <summary>Y[o, i, r] = X[o, I[o, i, r], r] along an axis, with numbers of the result's shape, which count from the end where they are negative.</summary>
/// <param name="Axis">Not negative.</param>
internal sealed record GatherElements(int Axis) : Op
{
    public override string Name => "GatherElements";

    protected override string Arguments => $"axis={this.Axis}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        (Shape x, Shape indices) = (inputs[0].Shape, inputs[1].Shape);
        return this.Axis < 0 || this.Axis >= x.Rank || indices.Rank != x.Rank || indices.With(this.Axis, 1) != x.With(this.Axis, 1)
            ? throw new ShapeException($"Numbers {indices} do not name elements along axis {this.Axis} of {x}.")
            : [TensorType.Float(indices)];
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(new GatherElementsGradient(this.Axis, context.X[0].Shape), context.DY, context.X[1]) : null, null];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor x, DoubleTensor indices) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor y = DoubleTensor.Zeros(indices.Shape);
        Visit(x.Shape, indices, this.Axis, (from, to) => y.Data[to] = x.Data[from]);
        return [y];
    }

    /// <summary>Gives each element of the numbers' tensor and the place in X that it names.</summary>
    public static void Visit(int[] x, DoubleTensor indices, int axis, Action<int, int> action)
    {
        AxisView from = AxisView.Of(x, axis), to = AxisView.Of(indices.Shape, axis);
        for (int i = 0; i < indices.Data.Length; i++)
        {
            action(from.Place(i / (to.Size * to.Inner), from.At(indices.Data[i]), i % to.Inner), i);
        }
    }
}

/// <summary>dX of <see cref="GatherElements"/> from dY and the numbers: each element has the sum of the gradients of its occurrences.</summary>
/// <param name="Axis">Not negative.</param>
/// <param name="X">The shape of the input.</param>
internal sealed record GatherElementsGradient(int Axis, Shape X) : Op
{
    public override string Name => "GatherElementsGradient";

    protected override string Arguments => $"axis={this.Axis}, x={this.X}";

    public override TensorType[] Infer(TensorType[] inputs) =>
        new GatherElements(this.Axis).Infer([TensorType.Float(this.X), inputs[1]])[0].Shape == inputs[0].Shape
            ? [TensorType.Float(this.X)]
            : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of {this.X} at {inputs[1].Shape}.");

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(new GatherElements(this.Axis), context.DY, context.X[1]) : null, null];

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor dX = DoubleTensor.Zeros(this.X.Evaluate(context.Sizes));
        GatherElements.Visit(dX.Shape, context.Inputs[1], this.Axis, (from, to) => dX.Data[from] += context.Inputs[0].Data[to]);
        return [dX];
    }
}
