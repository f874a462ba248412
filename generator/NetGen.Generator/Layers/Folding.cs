namespace NetGen.Generator;

/// <summary>What layers ask of values without a batch.</summary>
internal static class Folding
{
    /// <summary>More numbers than this are not looked at.</summary>
    private const int MostNumbers = 1 << 16;

    private static readonly IReadOnlyDictionary<string, long> NoSizes = new Dictionary<string, long>();

    /// <summary>The elements of a value that is made of constants alone; null for any other.</summary>
    public static double[]? NumbersOf(Value value) =>
        value.Kind == ValueKind.Constant ? [.. value.Data]
        : value.Producer is { Op: not Scan } node && value.Shape.IsConstant && value.Shape.Count.Constant <= MostNumbers && InputsOf(node) is { } inputs
            ? node.Op.Evaluate(new EvaluationContext(inputs, NoSizes, (_, _) => double.NaN))[node.Outputs.TakeWhile(o => o != value).Count()].Data
        : null;

    /// <summary>A value without a batch under the batch of another; any other as it is. It may have a 1 in the place of the batch.</summary>
    public static Value Spread(Graph graph, Value value, Value like)
    {
        if (Batch.IsIn(value) || !Batch.IsIn(like))
        {
            return value;
        }

        Shape sample = value.Shape.Rank == like.Shape.Rank && value.Shape[0] == 1 ? value.Shape.Slice(1, value.Shape.Rank) : value.Shape;
        Value row = value.Shape.Rank == sample.Rank ? graph.Add(new Reshape(Shape.Of(1) + sample), value) : value;
        return graph.Add(new Map(Expr.In(0), Shape.Of(like.Shape[0]) + sample), row);
    }

    private static DoubleTensor[]? InputsOf(Node node)
    {
        List<DoubleTensor> inputs = [];
        foreach (Value input in node.Inputs)
        {
            if (NumbersOf(input) is not { } numbers)
            {
                return null;
            }

            inputs.Add(new DoubleTensor(input.Shape.Evaluate(NoSizes), numbers));
        }

        return [.. inputs];
    }
}
