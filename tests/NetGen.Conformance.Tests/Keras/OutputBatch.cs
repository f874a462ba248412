namespace NetGen.Conformance.Tests.Keras;

/// <summary>Predictions, targets and weights of a case in the layout of <see cref="LossInput"/>.</summary>
internal sealed class OutputBatch
{
    private readonly KerasArray targets;
    private readonly KerasArray predictions;
    private readonly KerasArray? weights;
    private readonly bool isWhole;

    /// <param name="op">The call, with y_true, y_pred and sample_weight.</param>
    /// <param name="reducesLastAxis">Whether an array of rank 1 is one row, which a mean over the last axis makes a single value of,
    /// rather than a column of samples.</param>
    public OutputBatch(KerasOp op, bool reducesLastAxis)
    {
        targets = op.Arg("y_true", 0)!.Value.AsArray();
        predictions = op.Arg("y_pred", 1)!.Value.AsArray();
        weights = op.Arg("sample_weight", 2)?.AsArray();
        isWhole = reducesLastAxis && predictions.Rank == 1;
    }

    /// <summary>The shape of Keras's unreduced loss: the predictions' without the last axis.</summary>
    public int[] RowShape => predictions.Shape[..^1];

    public int[] PredictionShape => isWhole ? predictions.Shape : predictions.Shape[1..];

    public int[] TargetShape => isWhole ? targets.Shape : targets.Shape[1..];

    /// <summary>The same data seen as rows, for functions that return a value per row whatever the shape of the targets.</summary>
    public LossInput ToRows()
    {
        int size = predictions.Shape[^1];
        int rows = predictions.Length / size;
        return new LossInput(predictions.ToFloats(), new[] { size }, targets.ToFloats(), new[] { targets.Length / rows }, rows);
    }

    public LossInput ToInput() => new(predictions.ToFloats(), PredictionShape, targets.ToFloats(), TargetShape, isWhole ? 1 : predictions.Shape[0])
    {
        SampleWeights = weights is null ? [] : weights.ToFloats(),
        SampleWeightShape = weights is null || weights.Rank == 0 ? [] : isWhole ? [1, .. weights.Shape] : weights.Shape,
    };
}
