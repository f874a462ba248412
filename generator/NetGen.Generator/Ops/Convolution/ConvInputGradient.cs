namespace NetGen.Generator;

/// <summary>dX of <see cref="Conv"/> from dY and W: a transposed convolution. The input's shape is given, because strides lose it.</summary>
internal sealed record ConvInputGradient(ConvGeometry Geometry, Shape Input) : Op
{
    public override string Name => "ConvInputGradient";

    protected override string Arguments => $"{this.Geometry}{(this.Geometry.ToString().Length > 0 ? ", " : "")}input={this.Input}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape y = this.Geometry.OutputShape(this.Input, inputs[1].Shape);
        return y == inputs[0].Shape ? [TensorType.Float(this.Input)] : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of the output {y}.");
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        return
        [
            context.Needs(0) ? g.Add(new Conv(this.Geometry), context.DY, context.X[1]) : null,
            context.Needs(1) ? g.Add(new ConvFilterGradient(this.Geometry, context.X[1].Shape), context.DY, context.X[0]) : null,
        ];
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        (Value dY, Value w) = (inputs[0], inputs[1]);
        if (this.Geometry.InnerOfProduct(this.Input, w.Shape) is not { } k)
        {
            return null;
        }

        Value dX = graph.Add(new MatMul(TransposeB: true), graph.Add(new Reshape(Shape.Of(dY.Shape[0], w.Shape.Last)), dY), graph.Add(new Reshape(Shape.Of(k, w.Shape.Last)), w));
        return graph.Add(new Reshape(this.Input), dX);
    }

    /// <summary>The op that gives only a part of the map along one axis; null where the part is not one of constants, or the filter would lie wholly outside of it.</summary>
    public ConvInputGradient? Restricted(Slice slice, Shape filter)
    {
        int axis = slice.Axis - 1;
        if (axis < 0 || axis >= this.Geometry.Rank || !slice.Start.IsConstant || !slice.Size.IsConstant || !this.Input[slice.Axis].IsConstant)
        {
            return null;
        }

        long start = slice.Start.Constant, rest = this.Input[slice.Axis].Constant - start - slice.Size.Constant;
        ConvGeometry geometry = this.Geometry.WithZeros(axis, start, rest);
        long reach = (filter[axis].Constant - 1) * geometry.Dilations[axis];
        return geometry.Before[axis] <= reach && geometry.After[axis] <= reach ? new ConvInputGradient(geometry, this.Input.With(slice.Axis, slice.Size)) : null;
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor dY, DoubleTensor w) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor dX = DoubleTensor.Zeros(this.Input.Evaluate(context.Sizes));
        (double[] gradient, double[] filter, double[] to) = (dY.Data, w.Data, dX.Data);
        this.Geometry.ForEachRow(dX.Shape, w.Shape, dY.Shape, (i, j, k, count) =>
        {
            double sum = 0;
            for (int m = 0; m < count; m++)
            {
                sum += gradient[k + m] * filter[j + m];
            }

            to[i] += sum;
        });
        return [dX];
    }
}
