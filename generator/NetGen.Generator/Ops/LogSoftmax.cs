namespace NetGen.Generator;

/// <summary>Y = X - max X - log(sum exp(X - max X)) over the last axis. Another axis is transposed to the end first.</summary>
internal sealed record LogSoftmax : Op
{
    public override string Name => "LogSoftmax";

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Rank >= 1 ? [inputs[0]] : throw new ShapeException("LogSoftmax takes at least one axis; its input is a scalar.");

    // dX = dY - exp(Y) sum(dY)
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value sum = g.Add(new ReduceSum(EquatableArray.Of(context.X[0].Shape.Rank - 1), KeepDims: true), context.DY);
        return [g.Add(new Map(Expr.In(0) - (Expr.Call("Exp", Expr.In(1)) * Expr.In(2))), context.DY, context.Y[0], sum)];
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
                sum += Math.Exp(y[row + i] - max);
            }

            for (int i = 0; i < size; i++)
            {
                y[row + i] -= max + Math.Log(sum);
            }
        }

        return [new DoubleTensor(context.X.Shape, y)];
    }
}
