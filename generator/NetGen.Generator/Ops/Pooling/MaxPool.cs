namespace NetGen.Generator;

/// <summary>
/// Y = the maximum of each window of X, channels last; of two inputs X and V of one shape, V's element at the place of X's first maximum.
/// The gradient goes to the first maximum.
/// </summary>
internal sealed record MaxPool(PoolGeometry Geometry) : Op
{
    public override string Name => "MaxPool";

    protected override string Arguments => this.Geometry.ToString();

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs.All(i => i.Shape == inputs[0].Shape)
            ? [TensorType.Float(this.Geometry.OutputShape(inputs[0].Shape))]
            : throw new ShapeException($"What is chosen, {inputs[1].Shape}, does not have the shape {inputs[0].Shape} of what chooses.");

    public override Value?[] Differentiate(GradientContext context)
    {
        int last = context.X.Count - 1;
        Value? gradient = context.Needs(last) ? context.Graph.Add(new MaxPoolGradient(this.Geometry), context.X[0], context.DY) : null;
        return last == 0 ? [gradient] : [null, gradient];
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        inputs.Count == 1 && this.Geometry.WithoutPadOfRelu(inputs[0]) is { } inner ? graph.Add(new MaxPool(inner.Geometry), inner.X) : null;

    public override Value[]? Stream(StreamContext context) => this.Geometry.Streams(context) ? context.Apply(this) : null;

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X, v = context.Inputs[context.Inputs.Length - 1];
        DoubleTensor y = DoubleTensor.Zeros(this.Geometry.OutputShape(Shape.Of(x.Shape.Select(d => (Dim)d))).Evaluate(context.Sizes));
        this.Geometry.ForEach(x.Shape, y.Shape, (place, sources) => y.Data[place] = v.Data[First(x.Data, sources)]);
        return [y];
    }

    /// <summary>The place of the first maximum; a window is never without elements.</summary>
    public static int First(double[] x, IReadOnlyList<int> sources)
    {
        int best = sources[0];
        foreach (int source in sources)
        {
            best = x[source] > x[best] ? source : best;
        }

        return best;
    }
}
