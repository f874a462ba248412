namespace NetGen.Generator;

/// <summary>dX of <see cref="SampleAxis"/> from dY, Origin and Step.</summary>
/// <param name="Forward">The op.</param>
/// <param name="Size">X's size along the axis.</param>
internal sealed record SampleAxisGradient(SampleAxis Forward, int Size) : Op
{
    public override string Name => "SampleAxisGradient";

    protected override string Arguments => $"{this.Forward}, size={this.Size}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape dX = inputs[0].Shape.With(this.Forward.Axis, this.Size);
        Shape y = this.Forward.Infer([TensorType.Float(dX), inputs[1], inputs[2]])[0].Shape;
        return y == inputs[0].Shape ? [TensorType.Float(dX)] : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of the output {y}.");
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(this.Forward, context.DY, context.X[1], context.X[2]) : null, null, null];

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor dY = context.X;
        int[] shape = (int[])dY.Shape.Clone();
        shape[this.Forward.Axis] = this.Size;
        DoubleTensor dX = DoubleTensor.Zeros(shape);
        this.Forward.ForEach(shape, context.Inputs[1].Data, context.Inputs[2].Data, (from, to, weight) => dX.Data[from] += weight * dY.Data[to]);
        return [dX];
    }
}
