namespace NetGen.Generator;

/// <summary>Y = exp(X - max X) / sum exp(X - max X) over the last axis. Another axis is transposed to the end first.</summary>
internal sealed record Softmax : Op
{
    public override string Name => "Softmax";

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Rank >= 1 ? [inputs[0]] : throw new ShapeException("Softmax takes at least one axis; its input is a scalar.");

    // dX = Y (dY - sum(dY Y))
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value y = context.Y[0];
        Value product = g.Add(new Map(Expr.In(0) * Expr.In(1)), context.DY, y);
        Value sum = g.Add(new ReduceSum(EquatableArray.Of(y.Shape.Rank - 1), KeepDims: true), product);
        return [g.Add(new Map(Expr.In(0) * (Expr.In(1) - Expr.In(2))), y, context.DY, sum)];
    }

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, context.Inputs[0].Shape.Rank - 1) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int size = context.X.Shape[^1];
        double[] y = (double[])context.X.Data.Clone();
        for (int row = 0; row < y.Length; row += size)
        {
            double max = double.NegativeInfinity;
            for (int i = 0; i < size; i++)
            {
                max = Math.Max(max, y[row + i]);
            }

            double sum = 0;
            for (int i = 0; i < size; i++)
            {
                sum += y[row + i] = Math.Exp(y[row + i] - max);
            }

            for (int i = 0; i < size; i++)
            {
                y[row + i] /= sum;
            }
        }

        return [new DoubleTensor(context.X.Shape, y)];
    }
}
