namespace NetGen.Generator;

/// <summary>Y's axis i is X's axis Permutation[i].</summary>
internal sealed record Transpose(EquatableArray<int> Permutation) : Op
{
    public override string Name => "Transpose";

    protected override string Arguments => "perm=" + string.Join(" ", this.Permutation);

    public override TensorType[] Infer(TensorType[] inputs) =>
        this.Permutation.OrderBy(i => i).SequenceEqual(Enumerable.Range(0, inputs[0].Shape.Rank))
            ? [inputs[0] with { Shape = Shape.Of(this.Permutation.Select(i => inputs[0].Shape[i])) }]
            : throw new ShapeException($"[{string.Join(", ", this.Permutation)}] is no permutation of the axes of {inputs[0].Shape}.");

    public override Value?[] Differentiate(GradientContext context)
    {
        int[] inverse = new int[this.Permutation.Count];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[this.Permutation[i]] = i;
        }

        return [context.Graph.Add(new Transpose(inverse.ToEquatableArray()), context.DY)];
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        if (this.Permutation.SequenceEqual(Enumerable.Range(0, this.Permutation.Count)))
        {
            return inputs[0];
        }

        // Axes of size one may go anywhere: the elements stay in their order.
        Shape shape = inputs[0].Shape;
        int[] others = [.. this.Permutation.Where(i => shape[i] != 1)];
        if (others.SequenceEqual(others.OrderBy(i => i)))
        {
            return graph.Add(new Reshape(Shape.Of(this.Permutation.Select(i => shape[i]))), inputs[0]);
        }

        return inputs[0].Producer is { Op: Transpose first, Inputs: [var inner] }
            ? graph.Add(new Transpose(this.Permutation.Select(i => first.Permutation[i]).ToEquatableArray()), inner)
            : null;
    }

    public override Value[] Stream(StreamContext context) => context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int[] from = context.X.Shape;
        int[] strides = new int[from.Length];
        for (int i = from.Length - 1, stride = 1; i >= 0; stride *= from[i--])
        {
            strides[i] = stride;
        }

        int[] shape = [.. this.Permutation.Select(i => from[i])];
        int[] moved = [.. this.Permutation.Select(i => strides[i])];
        return [new DoubleTensor(shape, [.. DoubleTensor.Indices(shape).Select(index => context.X.Data[DoubleTensor.Offset(index, moved)])])];
    }
}
