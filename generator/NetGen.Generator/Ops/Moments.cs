namespace NetGen.Generator;

/// <summary>The mean and the variance (of the population) of X over all axes but the last: one of each a channel.</summary>
internal sealed record Moments : Op
{
    public override string Name => "Moments";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        TensorType row = TensorType.Float(x.Rank >= 2 ? Shape.Of(x.Last) : throw new ShapeException($"Moments takes at least two axes, not {x}."));
        return [row, row];
    }

    // dX = dMean / m + dVariance 2 (X - Mean) / m, for m elements a channel; the mean's own part in the variance's gradient sums to zero.
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value x = context.X[0];
        Dim count = CountOf(x.Shape);
        Value size = count.IsConstant ? g.Constant(count.Constant) : g.Add(new SizeOf(count));
        Value? shift = context.OutputGradients[0] is { } dMean ? g.Add(new Map(Expr.In(0) / Expr.In(1)), dMean, size) : null;
        if (context.OutputGradients[1] is not { } dVariance)
        {
            return [g.Add(new Map(Expr.In(0), x.Shape), shift!)];
        }

        Value slope = g.Add(new Map(2 * Expr.In(0) / Expr.In(1)), dVariance, size);
        Expr distance = Expr.In(1) * (Expr.In(0) - Expr.In(2));
        return [shift is null ? g.Add(new Map(distance), x, slope, context.Y[0]) : g.Add(new Map(distance + Expr.In(3)), x, slope, context.Y[0], shift)];
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        double[] x = context.X.Data;
        int channels = context.X.Shape[^1], count = x.Length / channels;
        double[] mean = new double[channels], variance = new double[channels];
        for (int i = 0; i < x.Length; i++)
        {
            mean[i % channels] += x[i] / count;
        }

        for (int i = 0; i < x.Length; i++)
        {
            double distance = x[i] - mean[i % channels];
            variance[i % channels] += distance * distance / count;
        }

        return [new DoubleTensor([channels], mean), new DoubleTensor([channels], variance)];
    }

    /// <summary>Elements of one channel.</summary>
    public static Dim CountOf(Shape shape) => shape.CountOf(0, shape.Rank - 1);
}
