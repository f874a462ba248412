namespace NetGen.Generator;

/// <summary>Y = X from Before on along one axis of Size, with zeros around it.</summary>
internal sealed record Pad(int Axis, Dim Before, Dim Size) : Op
{
    public override string Name => "Pad";

    protected override string Arguments => $"axis={this.Axis}, before={this.Before}, size={this.Size}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        if (this.Axis < 0 || this.Axis >= x.Rank)
        {
            throw new ShapeException($"There is no axis {this.Axis} in {x}.");
        }

        return this.Before.IsConstant && this.Size.IsConstant && x[this.Axis].IsConstant && this.Before.Constant + x[this.Axis].Constant > this.Size.Constant
            ? throw new ShapeException($"Axis {this.Axis} of {x} does not fit into {this.Size} behind {this.Before}.")
            : [inputs[0] with { Shape = x.With(this.Axis, this.Size) }];
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Graph.Add(new Slice(this.Axis, this.Before, context.X[0].Shape[this.Axis]), context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) => inputs[0].Shape[this.Axis] == this.Size ? inputs[0] : null;

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, this.Axis) ? null : context.Apply(this);

    /// <summary>The zeros that a pad puts along an axis of space of a map (N, spatial..., C), counted from the first such axis, and the map within; null where none does so by constants.</summary>
    public static (int Axis, long Before, long After, Value X)? AroundMap(Value x, int rank)
    {
        if (x.Producer is not { Op: Pad { Before.IsConstant: true, Size.IsConstant: true } pad, Inputs: [var inner] } || pad.Axis < 1 || pad.Axis > rank || !inner.Shape[pad.Axis].IsConstant)
        {
            return null;
        }

        long before = pad.Before.Constant;
        return (pad.Axis - 1, before, pad.Size.Constant - before - inner.Shape[pad.Axis].Constant, inner);
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        (int before, int size) = ((int)this.Before.Evaluate(context.Sizes), (int)this.Size.Evaluate(context.Sizes));
        int[] shape = (int[])x.Shape.Clone();
        shape[this.Axis] = size;
        int inner = DoubleTensor.CountOf([.. shape.Skip(this.Axis + 1)]);
        int run = x.Shape[this.Axis] * inner;
        DoubleTensor y = DoubleTensor.Zeros(shape);
        for (int outer = 0; outer < x.Data.Length / Math.Max(1, run); outer++)
        {
            Array.Copy(x.Data, outer * run, y.Data, ((outer * size) + before) * inner, run);
        }

        return [y];
    }
}
