namespace NetGen.Generator;

/// <summary>Y[..., i, ...] = X[..., size - 1 - i, ...] along one axis.</summary>
internal sealed record Reverse(int Axis) : Op
{
    public override string Name => "Reverse";

    protected override string Arguments => $"axis={this.Axis}";

    public override TensorType[] Infer(TensorType[] inputs) =>
        this.Axis >= 0 && this.Axis < inputs[0].Shape.Rank ? [inputs[0]] : throw new ShapeException($"There is no axis {this.Axis} in {inputs[0].Shape}.");

    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(this, context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        inputs[0].Shape[this.Axis] == 1 ? inputs[0]
        : inputs[0].Producer is { Op: Reverse first, Inputs: [var inner] } && first.Axis == this.Axis ? inner
        // Ahead of a transposition, it meets the reverse that a loop's output has.
        : inputs[0].Producer is { Op: Transpose transpose, Inputs: [{ Producer.Op: Reverse } reversed] } ? graph.Add(transpose, On(graph, transpose.Permutation[this.Axis], reversed))
        : null;

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    private static Value On(Graph graph, int axis, Value x)
    {
        Reverse moved = new(axis);
        return moved.Simplify(graph, [x]) ?? graph.Add(moved, x);
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int[] shape = context.X.Shape;
        int size = shape[this.Axis], inner = DoubleTensor.CountOf([.. shape.Skip(this.Axis + 1)]);
        double[] y = new double[context.X.Data.Length];
        for (int run = 0; run < y.Length / Math.Max(1, inner); run++)
        {
            Array.Copy(context.X.Data, run * inner, y, (run - (run % size) + size - 1 - (run % size)) * inner, inner);
        }

        return [new DoubleTensor(shape, y)];
    }
}
