namespace NetGen.Generator;

/// <summary>Y = X convolved with W, channels last (Keras's layout, not ONNX's).</summary>
internal sealed record Conv(ConvGeometry Geometry) : Op
{
    public override string Name => "Conv";

    protected override string Arguments => this.Geometry.ToString();

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(this.Geometry.OutputShape(inputs[0].Shape, inputs[1].Shape))];

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        (Value x, Value w) = (context.X[0], context.X[1]);
        return
        [
            context.Needs(0) ? g.Add(new ConvInputGradient(this.Geometry, x.Shape), context.DY, w) : null,
            context.Needs(1) ? g.Add(new ConvFilterGradient(this.Geometry, w.Shape), x, context.DY) : null,
        ];
    }

    // A filter as large as the map is a matrix. Else the kernels put zeros around the map while they copy it, if they copy it at all.
    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        (Value x, Value w) = (inputs[0], inputs[1]);
        if (this.Geometry.InnerOfProduct(x.Shape, w.Shape) is { } k)
        {
            Value y = graph.Add(new MatMul(), graph.Add(new Reshape(Shape.Of(x.Shape[0], k)), x), graph.Add(new Reshape(Shape.Of(k, w.Shape.Last)), w));
            return graph.Add(new Reshape(this.Geometry.OutputShape(x.Shape, w.Shape)), y);
        }

        return this.Geometry.WithoutPad(x) is { } inner ? graph.Add(new Conv(inner.Geometry), inner.X, w) : null;
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor x, DoubleTensor w) = (context.Inputs[0], context.Inputs[1]);
        Shape shape = this.Geometry.OutputShape(Shape.Of(x.Shape.Select(d => (Dim)d)), Shape.Of(w.Shape.Select(d => (Dim)d)));
        DoubleTensor y = DoubleTensor.Zeros(shape.Evaluate(context.Sizes));
        (double[] from, double[] filter, double[] to) = (x.Data, w.Data, y.Data);
        this.Geometry.ForEachRow(x.Shape, w.Shape, y.Shape, (i, j, k, count) =>
        {
            double element = from[i];
            for (int m = 0; m < count; m++)
            {
                to[k + m] += element * filter[j + m];
            }
        });
        return [y];
    }
}
