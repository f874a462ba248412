namespace NetGen.Generator;

/// <summary>dX of <see cref="Gather"/> from dY and the indices: rows of the table's shape, each the sum of the gradients of its occurrences.</summary>
internal sealed record GatherGradient(Shape Table) : Op
{
    public override string Name => "GatherGradient";

    protected override string Arguments => "table=" + this.Table;

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape == inputs[1].Shape + this.Table.Slice(1, this.Table.Rank)
            ? [TensorType.Float(this.Table)]
            : throw new ShapeException($"The gradient {inputs[0].Shape} is not that of rows of {this.Table} at {inputs[1].Shape}.");

    public override Value?[] Differentiate(GradientContext context) =>
        [context.Needs(0) ? context.Graph.Add(new Gather(), context.DY, context.X[1]) : null, null];

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor dY, DoubleTensor indices) = (context.Inputs[0], context.Inputs[1]);
        DoubleTensor dX = DoubleTensor.Zeros(this.Table.Evaluate(context.Sizes));
        int row = DoubleTensor.CountOf([.. dX.Shape.Skip(1)]);
        for (int i = 0; i < indices.Data.Length; i++)
        {
            int start = Gather.Row(indices.Data[i], dX.Shape[0]) * row;
            for (int k = 0; k < row; k++)
            {
                dX.Data[start + k] += dY.Data[(i * row) + k];
            }
        }

        return [dX];
    }
}
