namespace NetGen.Generator;

/// <summary>Y = the inputs one behind the other along one axis. Whole numbers beside others are among numbers of any kind.</summary>
internal sealed record Concat(int Axis) : Op
{
    public override string Name => "Concat";

    protected override string Arguments => $"axis={this.Axis}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape first = inputs[0].Shape;
        if (this.Axis < 0 || this.Axis >= first.Rank)
        {
            throw new ShapeException($"There is no axis {this.Axis} in {first}.");
        }

        Dim size = first[this.Axis];
        foreach (TensorType input in inputs.Skip(1))
        {
            if (input.Shape.Rank != first.Rank || input.Shape.With(this.Axis, 1) != first.With(this.Axis, 1))
            {
                throw new ShapeException($"{string.Join(" and ", inputs.Select(i => i.ToString()))} differ outside axis {this.Axis}.");
            }

            size = Sum(size, input.Shape[this.Axis]) ?? throw new ShapeException($"The sizes {size} and {input.Shape[this.Axis]} of axis {this.Axis} cannot be added before run time.");
        }

        ElementType element = inputs.All(i => i.Element == inputs[0].Element) ? inputs[0].Element : ElementType.Float32;
        return [new TensorType(element, first.With(this.Axis, size))];
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        Value?[] gradients = new Value?[context.X.Count];
        Dim start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            Dim size = context.X[i].Shape[this.Axis];
            gradients[i] = context.Needs(i) ? context.Graph.Add(new Slice(this.Axis, start, size), context.DY) : null;
            start = Sum(start, size)!;
        }

        return gradients;
    }

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) => inputs.Count == 1 ? inputs[0] : null;

    public override Value[]? Stream(StreamContext context) => Enumerable.Range(0, context.Inputs.Length).Any(i => context.HasTime(i, this.Axis)) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int[] shape = (int[])context.X.Shape.Clone();
        shape[this.Axis] = context.Inputs.Sum(x => x.Shape[this.Axis]);
        int inner = DoubleTensor.CountOf([.. shape.Skip(this.Axis + 1)]);
        DoubleTensor y = DoubleTensor.Zeros(shape);
        int at = 0;
        for (int outer = 0; outer < DoubleTensor.CountOf([.. shape.Take(this.Axis)]); outer++)
        {
            foreach (DoubleTensor x in context.Inputs)
            {
                int run = x.Shape[this.Axis] * inner;
                Array.Copy(x.Data, outer * run, y.Data, at, run);
                at += run;
            }
        }

        return [y];
    }

    /// <summary>The sum of two sizes where it is a size again: of constants, of multiples of the same symbols, or of one symbol and a constant.</summary>
    private static Dim? Sum(Dim a, Dim b) =>
        a.Scale == 0 ? b
        : b.Scale == 0 ? a
        : a.Symbols == b.Symbols ? new Dim(checked(a.Scale + b.Scale), a.Symbols)
        : b.IsConstant ? a.Affine(b.Constant, 1)
        : a.IsConstant ? b.Affine(a.Constant, 1)
        : null;
}
