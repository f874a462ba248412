namespace NetGen.Generator;

/// <summary>Y = the mean of the elements of X in each window, channels last; what lies outside the map counts for nothing, or as zeros.</summary>
internal sealed record AveragePool(PoolGeometry Geometry) : Op
{
    public override string Name => "AveragePool";

    protected override string Arguments => this.Geometry.ToString();

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(this.Geometry.OutputShape(inputs[0].Shape))];

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Graph.Add(new AveragePoolGradient(this.Geometry, context.X[0].Shape), context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        this.Geometry.WithoutPadOfMean(inputs[0]) is { } inner ? graph.Add(new AveragePool(inner.Geometry), inner.X) : null;

    public override Value[]? Stream(StreamContext context) => this.Geometry.Streams(context) ? context.Apply(this) : null;

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        DoubleTensor y = DoubleTensor.Zeros(this.Geometry.OutputShape(Shape.Of(x.Shape.Select(d => (Dim)d))).Evaluate(context.Sizes));
        this.Geometry.ForEach(x.Shape, y.Shape, (place, sources) => y.Data[place] = sources.Sum(s => x.Data[s]) / this.Geometry.CountOf(sources));
        return [y];
    }
}
