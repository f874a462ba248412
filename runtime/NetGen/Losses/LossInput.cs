using System.Globalization;

namespace NetGen;

/// <summary>
/// What a loss or a metric is computed from: the predictions of a batch, the targets, and optional weights and mask. It only refers to the
/// caller's memory.
/// </summary>
/// <remarks>
/// Everything is row-major with the samples outermost. Predictions of the sample shape (..., size) are seen as (rows, size): a sample
/// of shape (size) is one row, a sequence (time, size) is <c>time</c> rows, and a sample of shape () is a row of size 1. Weights are lined up
/// from the left: one per sample holds for all of its rows. (Keras lines them up from the right when ranks differ, which for one
/// weight per sample of a sequence is an error there.)
/// </remarks>
public readonly ref struct LossInput
{
    /// <summary>Refers to a batch of predictions and targets.</summary>
    /// <param name="predictions">The network's output, (batch, <paramref name="predictionShape"/>).</param>
    /// <param name="predictionShape">The shape of one sample of the predictions, without the batch axis.</param>
    /// <param name="targets">The targets, (batch, <paramref name="targetShape"/>); class indices stand in it as whole numbers.</param>
    /// <param name="targetShape">The shape of one sample of the targets, without the batch axis.</param>
    /// <param name="batch">The number of samples.</param>
    /// <exception cref="ArgumentException">A span has not the length that its shape tells.</exception>
    public LossInput(
        ReadOnlySpan<float> predictions,
        ReadOnlySpan<int> predictionShape,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<int> targetShape,
        int batch)
        : this(predictions, predictionShape, batch)
    {
        CheckLength(targets.Length, targetShape, batch, nameof(targets));
        Targets = targets;
        TargetShape = targetShape;
    }

    /// <summary>Refers to a batch of values without targets, for the metrics Mean and Sum.</summary>
    /// <param name="values">The values, (batch, <paramref name="shape"/>).</param>
    /// <param name="shape">The shape of one sample, without the batch axis.</param>
    /// <param name="batch">The number of samples.</param>
    /// <exception cref="ArgumentException">The span has not the length that the shape tells.</exception>
    public LossInput(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        CheckLength(values.Length, shape, batch, nameof(values));
        Predictions = values;
        PredictionShape = shape;
        Batch = batch;
        Size = shape.IsEmpty ? 1 : shape[^1];
        Rows = values.Length / Math.Max(Size, 1);
    }

    /// <summary>The network's output, (<see cref="Rows"/>, <see cref="Size"/>).</summary>
    public ReadOnlySpan<float> Predictions { get; private init; }

    /// <summary>The shape of one sample of the predictions, without the batch axis.</summary>
    public ReadOnlySpan<int> PredictionShape { get; private init; }

    /// <summary>The targets: as many as predictions, or one per row for class indices.</summary>
    public ReadOnlySpan<float> Targets { get; private init; }

    /// <summary>The shape of one sample of the targets, without the batch axis.</summary>
    public ReadOnlySpan<int> TargetShape { get; private init; }

    /// <summary>The weights; empty means 1 everywhere. Without <see cref="SampleWeightShape"/>: one, one per sample, one per row, or (for
    /// metrics that look at elements) one per element. A row of weight 0 counts as 0, whatever it holds.</summary>
    public ReadOnlySpan<float> SampleWeights { get; init; }

    /// <summary>The shape of <see cref="SampleWeights"/> with the batch axis, where their number alone does not tell; each axis is 1 or that of
    /// the predictions.</summary>
    public ReadOnlySpan<int> SampleWeightShape { get; init; }

    /// <summary>Which rows count, one value per row; empty means all.</summary>
    public ReadOnlySpan<bool> Mask { get; init; }

    /// <summary>The number of samples.</summary>
    public int Batch { get; }

    /// <summary>The size of the last axis of the predictions.</summary>
    public int Size { get; private init; }

    /// <summary>The number of rows: samples times all axes but the last.</summary>
    public int Rows { get; private init; }

    /// <summary>Whether every row counts the same.</summary>
    internal bool IsUnweighted => SampleWeights.IsEmpty && Mask.IsEmpty && StepMask.IsEmpty;

    /// <summary>The mask where a loss looks at more than a row at once: which of the rows of the predictions are part of it.</summary>
    internal ReadOnlySpan<bool> StepMask { get; private init; }

    /// <summary>Whether every target of the batch is 0 or 1, where the loss asked for it.</summary>
    internal bool HasBinaryTargets { get; private init; }

    /// <summary>The same batch with what its targets are.</summary>
    internal LossInput WithBinaryTargets(bool areBinary) => this with { HasBinaryTargets = areBinary };

    /// <summary>The same batch for a loss over several rows at once: the mask tells which of them are part of it.</summary>
    internal LossInput WithStepMask()
    {
        CheckMask(Rows);
        return Mask.IsEmpty ? this : this with { Mask = [], StepMask = Mask };
    }

    /// <summary>The same batch with each sample as one row.</summary>
    internal LossInput WithWholeSamples() => WithStepMask() with { Rows = Batch, Size = Predictions.Length / Batch };

    /// <summary>The same batch with the axis of a loss moved to the end; weights and mask are kept.</summary>
    internal LossInput WithPredictions(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, ReadOnlySpan<int> shape) => this with
    {
        Predictions = predictions,
        PredictionShape = shape,
        Targets = targets,
        TargetShape = shape,
        Size = shape[^1],
        Rows = predictions.Length / shape[^1],
    };

    /// <summary>The same batch with the rows that stand along an axis of its samples, as far as they are told by their number; predictions stay where they are.</summary>
    internal LossInput WithRowsAlong(int axis) => this with { Size = PredictionShape[axis], Rows = Predictions.Length / PredictionShape[axis] };

    /// <summary>The axes of the rows of one sample: all but the last.</summary>
    internal ReadOnlySpan<int> RowShape => PredictionShape.IsEmpty ? [] : PredictionShape[..^1];

    /// <summary>Rejects a mask that is not one per row.</summary>
    internal void CheckMask(int rows)
    {
        if (!Mask.IsEmpty && Mask.Length != rows)
            throw new ArgumentException($"The mask has {Mask.Length} values; expected one per row, {rows}.", nameof(Mask));
    }

    /// <summary>Rejects targets that are not as many as the predictions.</summary>
    internal void CheckDense(string name)
    {
        if (Targets.Length != Predictions.Length)
        {
            throw new ArgumentException(
                $"{name} takes targets of the shape of the predictions, {Text(PredictionShape)} per sample; the targets are {Text(TargetShape)}.");
        }
    }

    /// <summary>Rejects targets that are not one class index per row.</summary>
    internal void CheckSparse(string name, int? axis = null)
    {
        if (Targets.Length != Rows)
        {
            throw new ArgumentException(
                $"{name}{(axis is { } along ? string.Create(CultureInfo.InvariantCulture, $" along axis {along}") : "")} takes one class index per row: predictions of {Text(PredictionShape)} per sample have {Rows / Batch} rows; "
                + $"the targets are {Text(TargetShape)}.");
        }
    }

    /// <summary>The class index of a row.</summary>
    internal int Label(string name, int row)
    {
        float target = Targets[row];
        int label = (int)target;
        if (label == target && label >= 0 && label < Size) return label;
        string found = target.ToString(CultureInfo.InvariantCulture);
        throw new ArgumentException(
            $"{name}: the target of row {row} is {found}; expected a whole number from 0 to {Size - 1}, as the predictions have {Size} classes.");
    }

    internal static string Text(ReadOnlySpan<int> shape) => $"({string.Join(", ", shape.ToArray())})";

    private static void CheckLength(int length, ReadOnlySpan<int> shape, int batch, string name)
    {
        long expected = batch;
        foreach (int size in shape) expected *= size;
        if (length != expected || expected == 0)
        {
            throw new ArgumentException(
                $"{name} has {length} values; a batch of {batch} samples of shape {Text(shape)} needs {expected}, and at least one.", name);
        }
    }
}
