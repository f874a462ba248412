namespace NetGen.Generator;

/// <summary>The same elements in the same order under another shape: no code, the output is the input's memory.</summary>
internal sealed record Reshape(Shape Shape) : Op
{
    public override string Name => "Reshape";

    protected override string Arguments => this.Shape.ToString();

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Count == this.Shape.Count
            ? [inputs[0] with { Shape = this.Shape }]
            : throw new ShapeException($"{inputs[0].Shape} has {inputs[0].Shape.Count} elements, {this.Shape} has {this.Shape.Count}.");

    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(new Reshape(context.X[0].Shape), context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        inputs[0].Shape == this.Shape ? inputs[0]
        : inputs[0].Producer is { Op: Reshape, Inputs: [var inner] } ? graph.Add(this, inner)
        : null;

    public override Value[] Stream(StreamContext context) => context.Apply(new Reshape(context.Now(this.Shape)));

    public override DoubleTensor[] Evaluate(EvaluationContext context) => [new DoubleTensor(this.Shape.Evaluate(context.Sizes), context.X.Data)];
}
