namespace NetGen.Generator;

/// <summary>Y[n, t] = 1 where t &lt; X[n], else 0: which steps count, from the lengths of the samples.</summary>
internal sealed record SequenceMask(Dim Time) : Op
{
    public override string Name => "SequenceMask";

    protected override string Arguments => this.Time.ToString();

    /// <summary>Whether a mask is made of the lengths that a caller may give along with an input: a call without them takes all steps.</summary>
    public static bool IsOfLengths(Value mask) => mask.Producer is { Op: SequenceMask, Inputs: [{ Kind: ValueKind.Lengths }] };

    public override TensorType[] Infer(TensorType[] inputs) => inputs[0].Shape.Rank == 1
        ? [TensorType.Float(inputs[0].Shape + Shape.Of(this.Time))]
        : throw new ShapeException($"SequenceMask takes one length a sample, not {inputs[0].Shape}.");

    public override Value?[] Differentiate(GradientContext context) => [null];

    // Every step that comes counts.
    public override Value[] Stream(StreamContext context) =>
        context.HasTime(this.Time) ? [context.Graph.Add(new Map((Expr)1, Shape.Of(Dim.Batch, context.Now(this.Time))))] : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int time = checked((int)this.Time.Evaluate(context.Sizes));
        double[] lengths = context.X.Data;
        return [new DoubleTensor([lengths.Length, time], [.. lengths.SelectMany(length => Enumerable.Range(0, time).Select(t => t < length ? 1.0 : 0))])];
    }
}
