namespace NetGen.Generator;

/// <summary>Y[i...] = X[I[i...]]: rows of a table (V, ...) by whole numbers, which may be Int32 or Float32.</summary>
internal sealed record Gather : Op
{
    public override string Name => "Gather";

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Rank >= 1
            ? [TensorType.Float(inputs[1].Shape + inputs[0].Shape.Slice(1, inputs[0].Shape.Rank))]
            : throw new ShapeException("Gather takes a table with rows, not a scalar.");

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(new GatherGradient(context.X[0].Shape), context.DY, context.X[1]) : null, null];

    public override Value[]? Stream(StreamContext context) => context.IsStreamed(0) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor table, DoubleTensor indices) = (context.Inputs[0], context.Inputs[1]);
        int row = DoubleTensor.CountOf([.. table.Shape.Skip(1)]);
        DoubleTensor y = DoubleTensor.Zeros([.. indices.Shape, .. table.Shape.Skip(1)]);
        for (int i = 0; i < indices.Data.Length; i++)
        {
            Array.Copy(table.Data, Row(indices.Data[i], table.Shape[0]) * row, y.Data, i * row, row);
        }

        return [y];
    }

    /// <summary>A row by its number. The runtime checks indices before a network runs.</summary>
    public static int Row(double index, int rows) =>
        index >= 0 && index < rows && index == Math.Floor(index) ? (int)index : throw new ArgumentOutOfRangeException(nameof(index), $"The index {index} is no whole number from 0 to {rows - 1}.");
}
