namespace NetGen.Generator;

/// <summary>dX of <see cref="MaxPool"/> from X and dY: each window's gradient at the place of its first maximum. X is read anew, so that no places are kept.</summary>
internal sealed record MaxPoolGradient(PoolGeometry Geometry) : Op
{
    public override string Name => "MaxPoolGradient";

    protected override string Arguments => this.Geometry.ToString();

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape y = this.Geometry.OutputShape(inputs[0].Shape);
        return y == inputs[1].Shape ? [TensorType.Float(inputs[0].Shape)] : throw new ShapeException($"The gradient {inputs[1].Shape} is not that of the output {y}.");
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [null, context.Needs(1) ? context.Graph.Add(new MaxPool(this.Geometry), context.X[0], context.DY) : null];

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor x, DoubleTensor dY) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor dX = DoubleTensor.Zeros(x.Shape);
        this.Geometry.ForEach(x.Shape, dY.Shape, (place, sources) => dX.Data[MaxPool.First(x.Data, sources)] += dY.Data[place]);
        return [dX];
    }
}
