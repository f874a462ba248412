namespace NetGen.Generator;

/// <summary>Y = X restricted to [Start, Start + Size) on one axis.</summary>
internal sealed record Slice(int Axis, Dim Start, Dim Size) : Op
{
    public override string Name => "Slice";

    protected override string Arguments => $"axis={this.Axis}, start={this.Start}, size={this.Size}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        if (this.Axis < 0 || this.Axis >= x.Rank)
        {
            throw new ShapeException($"There is no axis {this.Axis} in {x}.");
        }

        return this.Start.IsConstant && this.Size.IsConstant && x[this.Axis].IsConstant && this.Start.Constant + this.Size.Constant > x[this.Axis].Constant
            ? throw new ShapeException($"Axis {this.Axis} of {x} ends before {this.Start} + {this.Size}.")
            : [inputs[0] with { Shape = x.With(this.Axis, this.Size) }];
    }

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Graph.Add(new Pad(this.Axis, this.Start, context.X[0].Shape[this.Axis]), context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        this.Start == 0 && inputs[0].Shape[this.Axis] == this.Size ? inputs[0]
        : inputs[0].Producer is { Op: ConvInputGradient whole, Inputs: [var dy, var filter] } && whole.Restricted(this, filter.Shape) is { } part ? graph.Add(part, dy, filter)
        : inputs[0].Producer is { Op: AveragePoolGradient mean, Inputs: [var dMean] } && mean.Restricted(this) is { } partOfMean ? graph.Add(partOfMean, dMean)
        : inputs[0].Producer is { Op: MaxPoolGradient { Geometry: var geometry }, Inputs: [{ Producer.Op: Pad pad } padded, var gradient] } && pad.Axis == this.Axis && pad.Before == this.Start
            && geometry.WithoutPadOfRelu(padded) is { } inner && inner.X.Shape[this.Axis] == this.Size ? graph.Add(new MaxPoolGradient(inner.Geometry), inner.X, gradient)
        : null;

    // The first rows of a table, as many as there are steps, are the positions of those.
    public override Value[]? Stream(StreamContext context)
    {
        if (context.HasTime(0, this.Axis))
        {
            return null;
        }

        Dim rows = context.Node.Inputs[0].Shape[this.Axis];
        if (this.Start != 0 || !context.HasTime(this.Size) || !rows.IsConstant)
        {
            return context.Apply(this);
        }

        context.AllowCalls(rows.Constant / context.Now(this.Size).Constant);
        return context.Apply(new Slice(this.Axis, context.Past(this.Size), context.Now(this.Size)));
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        (int start, int size) = ((int)this.Start.Evaluate(context.Sizes), (int)this.Size.Evaluate(context.Sizes));
        int[] shape = (int[])x.Shape.Clone();
        shape[this.Axis] = size;
        int inner = DoubleTensor.CountOf([.. shape.Skip(this.Axis + 1)]);
        DoubleTensor y = DoubleTensor.Zeros(shape);
        for (int outer = 0; outer < y.Data.Length / Math.Max(1, size * inner); outer++)
        {
            Array.Copy(x.Data, ((outer * x.Shape[this.Axis]) + start) * inner, y.Data, outer * size * inner, size * inner);
        }

        return [y];
    }
}
