namespace NetGen.Generator;

/// <summary>dX of <see cref="AveragePool"/> from dY: each window's gradient in equal shares. The input's shape is given, because strides lose it.</summary>
internal sealed record AveragePoolGradient(PoolGeometry Geometry, Shape Input) : Op
{
    public override string Name => "AveragePoolGradient";

    protected override string Arguments => $"{this.Geometry}, input={this.Input}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape y = this.Geometry.OutputShape(this.Input);
        return y == inputs[0].Shape ? [TensorType.Float(this.Input)] : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of the output {y}.");
    }

    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(new AveragePool(this.Geometry), context.DY)];

    /// <summary>The op that gives only a part of the map along one axis, the rest of which held zeros that count; null where the part is not one of constants.</summary>
    public AveragePoolGradient? Restricted(Slice slice)
    {
        int axis = slice.Axis - 1;
        if (axis < 0 || axis >= this.Geometry.Rank || !slice.Start.IsConstant || !slice.Size.IsConstant || !this.Input[slice.Axis].IsConstant)
        {
            return null;
        }

        long start = slice.Start.Constant, rest = this.Input[slice.Axis].Constant - start - slice.Size.Constant;
        return this.Geometry.CountingPads(axis, start, rest) is { } geometry ? new AveragePoolGradient(geometry, this.Input.With(slice.Axis, slice.Size)) : null;
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor dY = context.X;
        DoubleTensor dX = DoubleTensor.Zeros(this.Input.Evaluate(context.Sizes));
        this.Geometry.ForEach(dX.Shape, dY.Shape, (place, sources) =>
        {
            foreach (int source in sources)
            {
                dX.Data[source] += dY.Data[place] / this.Geometry.CountOf(sources);
            }
        });
        return [dX];
    }
}
