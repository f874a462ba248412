namespace NetGen.Generator;

/// <summary>
/// Y_k = sum over all axes but the last of f_k(X0, ...): several sums over one reading of their operands. A pass makes it of sums and of the maps before them.
/// </summary>
/// <param name="Body">One expression an output.</param>
/// <param name="Shape">The shape that is summed, to which the operands broadcast.</param>
internal sealed record ChannelSums(EquatableArray<Expr> Body, Shape Shape) : Op
{
    public override string Name => "ChannelSums";

    protected override string Arguments => string.Join("; ", this.Body);

    public override TensorType[] Infer(TensorType[] inputs)
    {
        TensorType[] types = new Map(this.Body, this.Shape).Infer(inputs);
        return [.. types.Select(t => t.Shape == this.Shape ? TensorType.Float(Shape.Of(this.Shape.Last)) : throw new ShapeException($"The operands broadcast to {t.Shape}, not to {this.Shape}."))];
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value?[] spread = [.. context.OutputGradients.Select(d => d is null ? null : g.Add(new Map(Expr.In(0), this.Shape), d))];
        Node map = g.AddNode(new Map(this.Body, this.Shape), [.. context.X]);
        return map.Op.Differentiate(new GradientContext(g, map, spread, [.. context.X.Select((_, i) => context.Needs(i))]));
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        EquatableArray<int> axes = Enumerable.Range(0, this.Shape.Rank - 1).ToEquatableArray();
        return [.. new Map(this.Body, this.Shape).Evaluate(context).Select(t => Reductions.Evaluate(t, axes, keepDims: false, 0, (a, x) => a + x))];
    }
}
