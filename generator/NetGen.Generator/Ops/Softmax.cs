namespace NetGen.Generator;

/// <summary>
/// Y = exp(X - max X) / sum exp(X - max X) over the last axis. Another axis is transposed to the end first. Causal, row i of the last two axes has its first past + i + 1 elements alone.
/// With a second input, a mask (batch, 1 or rows, columns) of 0 and 1, the elements where it is 0 do not count. What does not count is 0; so is a row in which nothing counts.
/// </summary>
/// <param name="IsCausal">Whether it is causal.</param>
/// <param name="Past">How many elements of each row stand before those of the rows themselves: 0, or in a stream what came before the call.</param>
internal sealed record Softmax(bool IsCausal, Dim Past) : Op
{
    public Softmax(bool isCausal = false)
        : this(isCausal, 0)
    {
    }

    public override string Name => "Softmax";

    protected override string Arguments => !this.IsCausal ? "" : this.Past == 0 ? "causal" : $"causal behind {this.Past}";

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        int least = inputs.Length > 1 ? 3 : this.IsCausal ? 2 : 1;
        if (x.Rank < least)
        {
            throw new ShapeException($"Softmax takes {(least == 1 ? "at least one axis" : $"at least {least} axes")}; its input is {x}.");
        }

        return inputs.Length == 1 || (inputs[1].Shape is { Rank: 3 } m && m[0] == x[0] && (m[1] == 1 || m[1] == x[-2]) && m[2] == x.Last) ? [inputs[0]]
            : throw new ShapeException($"The mask of a softmax of {x} has the shape ({x[0]}, 1 or {x[-2]}, {x.Last}), not {inputs[1].Shape}.");
    }

    // dX = Y (dY - sum(dY Y)), which is 0 where Y is.
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        Value y = context.Y[0];
        Value product = g.Add(new Map(Expr.In(0) * Expr.In(1)), context.DY, y);
        Value sum = g.Add(new ReduceSum(EquatableArray.Of(y.Shape.Rank - 1), KeepDims: true), product);
        Value dX = g.Add(new Map(Expr.In(0) * (Expr.In(1) - Expr.In(2))), y, context.DY, sum);
        return context.X.Count > 1 ? [dX, null] : [dX];
    }

    // A mask in which everything counts is none.
    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        inputs.Count > 1 && Map.NumberOf(inputs[1]) is { } number && number != 0 ? graph.Add(this, inputs[0]) : null;

    public override Value[]? Stream(StreamContext context) => this.IsCausal || context.HasTime(0, context.Node.Output.Shape.Rank - 1) ? null : context.Apply(this);

    // The newest of the steps so far are those of the call; one alone may look at all.
    public override Value? StreamSoFar(StreamContext context, int axis)
    {
        Shape x = context.Node.Inputs[0].Shape;
        if (!this.IsCausal || axis != x.Rank - 1 || !context.HasTime(0, axis - 1) || context.Now(x[-2]) != context.Now(x.Last))
        {
            return null;
        }

        Softmax op = context.Now(x.Last) == 1 ? new Softmax() : new Softmax(true, context.Past(x.Last));
        return context.Graph.Add(op, [.. context.Node.Inputs.Select((input, i) => context.SoFar(i, input.Shape.Rank - 1))]);
    }

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int[] shape = context.X.Shape;
        int past = checked((int)this.Past.Evaluate(context.Sizes));
        int size = shape[^1], rows = shape.Length > 1 ? shape[^2] : 1, rowsOfSample = context.X.Data.Length / size / shape[0];
        DoubleTensor? mask = context.Inputs.Length > 1 ? context.Inputs[1] : null;
        double[] x = context.X.Data, y = new double[x.Length];
        for (int row = 0; row < x.Length / size; row++)
        {
            int[] counted = [.. Enumerable.Range(0, size).Where(i => (!this.IsCausal || i <= past + (row % rows)) && mask?.Data[(((row / rowsOfSample * mask.Shape[1]) + (mask.Shape[1] == 1 ? 0 : row % rows)) * size) + i] != 0)];
            double max = counted.Select(i => x[(row * size) + i]).DefaultIfEmpty().Max();
            double sum = counted.Sum(i => Math.Exp(x[(row * size) + i] - max));
            foreach (int i in counted)
            {
                y[(row * size) + i] = Math.Exp(x[(row * size) + i] - max) / sum;
            }
        }

        return [new DoubleTensor(shape, y)];
    }
}
