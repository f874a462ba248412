namespace NetGen.Generator;

/// <summary>
/// Y = max(X - tau, 0) over the last axis, with tau such that Y sums to 1: the Euclidean projection onto the simplex (Martins and Astudillo 2016, algorithm 1).
/// </summary>
internal sealed record Sparsemax : Op
{
    public override string Name => "Sparsemax";

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Rank >= 1 ? [inputs[0]] : throw new ShapeException("Sparsemax takes at least one axis; its input is a scalar.");

    // On the support S = {Y > 0}: dX = dY - mean of dY over S; 0 elsewhere.
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value y = context.Y[0];
        EquatableArray<int> last = EquatableArray.Of(y.Shape.Rank - 1);
        Expr support = Expr.Call("Greater", Expr.In(0), 0);
        Value sum = g.Add(new ReduceSum(last, KeepDims: true), g.Add(new Map(Expr.Call("Where", support, Expr.In(1), 0)), y, context.DY));
        Value count = g.Add(new ReduceSum(last, KeepDims: true), g.Add(new Map(Expr.Call("Where", support, 1, 0)), y));
        return [g.Add(new Map(Expr.Call("Where", support, Expr.In(1) - (Expr.In(2) / Expr.In(3)), 0)), y, context.DY, sum, count)];
    }

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, context.Inputs[0].Shape.Rank - 1) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int size = context.X.Shape[^1];
        double[] y = new double[context.X.Data.Length];
        for (int row = 0; row < y.Length; row += size)
        {
            double[] sorted = [.. context.X.Data.Skip(row).Take(size).OrderByDescending(x => x)];
            double sum = 0, tau = 0;
            for (int k = 0; k < size; k++)
            {
                sum += sorted[k];
                if (1 + ((k + 1) * sorted[k]) > sum)
                {
                    tau = (sum - 1) / (k + 1);
                }
            }

            for (int i = 0; i < size; i++)
            {
                y[row + i] = Math.Max(context.X.Data[row + i] - tau, 0);
            }
        }

        return [new DoubleTensor(context.X.Shape, y)];
    }
}
