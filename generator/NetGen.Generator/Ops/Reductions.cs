namespace NetGen.Generator;

/// <summary>What the reducing ops share.</summary>
internal static class Reductions
{
    public static Shape ReducedShape(Shape shape, EquatableArray<int> axes, bool keepDims)
    {
        if (axes.Any(a => a < 0 || a >= shape.Rank))
        {
            throw new ShapeException($"The axes [{string.Join(", ", axes)}] are not all within the rank of {shape}.");
        }

        return Shape.Of(Enumerable.Range(0, shape.Rank)
            .Where(i => keepDims || !axes.Contains(i))
            .Select(i => axes.Contains(i) ? 1 : shape[i]));
    }

    /// <summary>Sums a value down to a shape that broadcasts to it: the gradient of broadcasting.</summary>
    public static Value SumTo(Graph graph, Value value, Shape shape)
    {
        int extra = value.Shape.Rank - shape.Rank;
        EquatableArray<int> axes = Enumerable.Range(0, value.Shape.Rank)
            .Where(i => i < extra || (shape[i - extra] == 1 && value.Shape[i] != 1))
            .ToEquatableArray();
        if (axes.Count == 0)
        {
            return value;
        }

        Value sum = graph.Add(new ReduceSum(axes), value);
        return sum.Shape == shape ? sum : graph.Add(new Reshape(shape), sum);
    }

    /// <summary>The mean over axes, as a sum times the reciprocal of the count.</summary>
    public static Value Mean(Graph graph, Value value, EquatableArray<int> axes, bool keepDims)
    {
        Value sum = graph.Add(new ReduceSum(axes, keepDims), value);
        Dim count = axes.Aggregate((Dim)1, (a, i) => a * value.Shape[i]);
        Value mean = count.IsConstant
            ? graph.Add(new Map(Expr.In(0) * (1.0 / count.Constant)), sum)
            : graph.Add(new Map(Expr.In(0) / Expr.In(1)), sum, graph.Add(new SizeOf(count)));
        graph.Note(new MeanForm(value, axes, keepDims, mean));
        return mean;
    }

    /// <summary>The gradient of a maximum or minimum: ties share it equally.</summary>
    public static Value ExtremeGradient(GradientContext context, EquatableArray<int> axes)
    {
        Graph g = context.Graph;
        Shape kept = ReducedShape(context.X[0].Shape, axes, keepDims: true);
        Value y = g.Add(new Reshape(kept), context.Y[0]);
        Value dY = g.Add(new Reshape(kept), context.DY);
        Value isExtreme = g.Add(new Map(Expr.Call("Equal", Expr.In(0), Expr.In(1))), context.X[0], y);
        Value ties = g.Add(new ReduceSum(axes, KeepDims: true), isExtreme);
        return g.Add(new Map(Expr.In(0) * Expr.In(1) / Expr.In(2)), isExtreme, dY, ties);
    }

    public static DoubleTensor Evaluate(DoubleTensor x, EquatableArray<int> axes, bool keepDims, double start, Func<double, double, double> combine)
    {
        int[] kept = [.. x.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)];
        DoubleTensor y = DoubleTensor.Zeros(kept);
        for (int i = 0; i < y.Data.Length; i++)
        {
            y.Data[i] = start;
        }

        int[] strides = y.BroadcastStrides(kept.Length);
        int element = 0;
        foreach (int[] index in DoubleTensor.Indices(x.Shape))
        {
            int at = DoubleTensor.Offset(index, strides);
            y.Data[at] = combine(y.Data[at], x.Data[element++]);
        }

        return new DoubleTensor(keepDims ? kept : [.. kept.Where((_, i) => !axes.Contains(i))], y.Data);
    }
}
