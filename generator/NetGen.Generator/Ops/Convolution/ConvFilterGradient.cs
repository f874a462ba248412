namespace NetGen.Generator;

/// <summary>dW of <see cref="Conv"/> from X and dY.</summary>
internal sealed record ConvFilterGradient(ConvGeometry Geometry, Shape Filter) : Op
{
    public override string Name => "ConvFilterGradient";

    protected override string Arguments => $"{this.Geometry}{(this.Geometry.ToString().Length > 0 ? ", " : "")}filter={this.Filter}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape y = this.Geometry.OutputShape(inputs[0].Shape, this.Filter);
        return y == inputs[1].Shape ? [TensorType.Float(this.Filter)] : throw new ShapeException($"The gradient {inputs[1].Shape} is not that of the output {y}.");
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        return
        [
            context.Needs(0) ? g.Add(new ConvInputGradient(this.Geometry, context.X[0].Shape), context.X[1], context.DY) : null,
            context.Needs(1) ? g.Add(new Conv(this.Geometry), context.X[0], context.DY) : null,
        ];
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        (Value x, Value dY) = (inputs[0], inputs[1]);
        if (this.Geometry.InnerOfProduct(x.Shape, this.Filter) is { } k)
        {
            Value dW = graph.Add(new MatMul(TransposeA: true), graph.Add(new Reshape(Shape.Of(x.Shape[0], k)), x), graph.Add(new Reshape(Shape.Of(x.Shape[0], dY.Shape.Last)), dY));
            return graph.Add(new Reshape(this.Filter), dW);
        }

        return this.Geometry.WithoutPad(x) is { } inner ? graph.Add(this with { Geometry = inner.Geometry }, inner.X, dY) : null;
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor x, DoubleTensor dY) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor dW = DoubleTensor.Zeros(this.Filter.Evaluate(context.Sizes));
        (double[] from, double[] gradient, double[] to) = (x.Data, dY.Data, dW.Data);
        this.Geometry.ForEachRow(x.Shape, dW.Shape, dY.Shape, (i, j, k, count) =>
        {
            double element = from[i];
            for (int m = 0; m < count; m++)
            {
                to[j + m] += element * gradient[k + m];
            }
        });
        return [dW];
    }
}
