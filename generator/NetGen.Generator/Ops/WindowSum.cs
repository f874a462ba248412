namespace NetGen.Generator;

/// <summary>Y[..., c] = the sum of X[..., c - Before] to X[..., c + After] along the last axis; what lies outside counts for nothing.</summary>
/// <param name="Before">How many neighbours before an element.</param>
/// <param name="After">How many behind it.</param>
internal sealed record WindowSum(int Before, int After) : Op
{
    public override string Name => "WindowSum";

    protected override string Arguments => $"before={this.Before}, after={this.After}";

    public override TensorType[] Infer(TensorType[] inputs) =>
        inputs[0].Shape.Rank > 0 ? [inputs[0]] : throw new ShapeException("A scalar has no last axis.");

    // What sees an element are its neighbours on the other side.
    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(new WindowSum(this.After, this.Before), context.DY)];

    public override Value[]? Stream(StreamContext context) => context.HasTime(0, context.Node.Output.Shape.Rank - 1) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        int size = x.Shape[x.Shape.Length - 1];
        DoubleTensor y = DoubleTensor.Zeros(x.Shape);
        for (int i = 0; i < y.Data.Length; i++)
        {
            int c = i % size;
            for (int k = Math.Max(0, c - this.Before); k <= Math.Min(size - 1, c + this.After); k++)
            {
                y.Data[i] += x.Data[i - c + k];
            }
        }

        return [y];
    }
}
