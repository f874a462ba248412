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

    // Along the time the last steps of the calls before stand in front: a filter that only looks back sees what it would see in the whole sequence.
    public override Value[]? Stream(StreamContext context)
    {
        Value x = context.Inputs[0];
        ConvGeometry geometry = this.Geometry;
        Shape filter = context.Node.Inputs[1].Shape;
        // Steps that are samples are treated alone, unless there is a time in the maps as well.
        if (context.IsStreamed(1) || context.HasTime(0, x.Shape.Rank - 1) || (context.HasTime(0, 0) && context.HasTime(0, [.. Enumerable.Range(1, geometry.Rank)])))
        {
            return null;
        }

        for (int i = 0; i < geometry.Rank; i++)
        {
            if (!context.HasTime(0, i + 1))
            {
                continue;
            }

            int past = geometry.Dilations[i] * (int)(filter[i].Constant - 1);
            if (geometry.Before[i] != past || geometry.After[i] != 0)
            {
                return null;
            }

            context.TakeMultiple(x.Shape[i + 1], geometry.Strides[i]);
            if (past > 0)
            {
                Value state = context.State("past", x.Shape.With(i + 1, past));
                Value all = context.Graph.Add(new Concat(i + 1), state, x);
                context.Update(state, context.Graph.Add(new Slice(i + 1, x.Shape[i + 1], past), all));
                x = all;
            }

            geometry = geometry.WithZeros(i, -past, 0);
        }

        return [context.Graph.Add(new Conv(geometry), x, context.Inputs[1])];
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
