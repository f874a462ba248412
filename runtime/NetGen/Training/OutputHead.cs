namespace NetGen;

/// <summary>One output under training: its loss, its metrics, and the buffers between the network and the loss.</summary>
internal sealed class OutputHead(OutputInfo info, Loss? loss, double weight, Metric[] metrics, Metric[] weightedMetrics)
{
    private readonly int[] shape = info.Shape.ToArray();
    private readonly bool hasTime = info.Shape.Contains(-1);
    private readonly MaskReader lossMask = new();
    private readonly MaskReader metricMask = new();
    private nint capacity;

    public OutputInfo Info { get; } = info;

    /// <summary>Elements of one sample, times included.</summary>
    public int SampleSize { get; private set; } = info.Size;

    /// <summary>The shape of one sample, with its time as it is in the present data set.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The loss, or null where only other outputs train the network.</summary>
    public Loss? Loss { get; } = loss?.ForRank(info.Shape.Length);

    /// <summary>The factor of the loss in the total.</summary>
    public double Weight { get; } = weight;

    /// <summary>The metrics that disregard sample weights, then those that take them.</summary>
    public Metric[] Metrics { get; } = [.. metrics, .. weightedMetrics];

    /// <summary>How many metrics come before those that take sample weights.</summary>
    public int UnweightedMetrics { get; } = metrics.Length;

    /// <summary>Whether the loss gives the gradient of the logits at once.</summary>
    public bool IsFused { get; } = loss is not null && info.Final != FinalActivation.None && loss.ForRank(info.Shape.Length).Fuses(info.Final);

    /// <summary>Whether anything is computed from a target.</summary>
    public bool NeedsTarget => Loss is not null || Metrics.Length > 0;

    /// <summary>What the network gives, (batch, shape).</summary>
    public NativeBuffer Predictions { get; private set; } = new(0);

    /// <summary>What stood before the final activation, in training.</summary>
    public NativeBuffer Logits { get; private set; } = new(0);

    /// <summary>The gradient of the predictions; stays 0 without a loss.</summary>
    public NativeBuffer Gradient { get; private set; } = new(0);

    /// <summary>The gradient of the logits.</summary>
    public NativeBuffer LogitGradient { get; private set; } = new(0);

    /// <summary>Which steps of each sample count, as the network tells it: 1 or 0 for each.</summary>
    public NativeBuffer Mask { get; private set; } = new(0);

    /// <summary>Fixes the time of an output that has one.</summary>
    /// <param name="sampleSize">Elements of one sample.</param>
    public void Resolve(int sampleSize)
    {
        SampleSize = sampleSize;
        if (!hasTime) return;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (Info.Shape[axis] < 0) shape[axis] = sampleSize / Info.Size;
        }
    }

    /// <summary>What multiplies the gradient beside the weight.</summary>
    public double LossScale { get; init; } = 1;

    /// <summary>Makes room for a number of samples.</summary>
    public void Reserve(int samples)
    {
        nint length = (nint)samples * SampleSize;
        if (length <= capacity) return;
        capacity = length;
        Predictions = new NativeBuffer(length);
        Gradient = new NativeBuffer(length);
        if (Info.IsMasked) Mask = new NativeBuffer(length);
        if (Info.Final == FinalActivation.None) return;
        Logits = new NativeBuffer(length);
        LogitGradient = new NativeBuffer(length);
    }

    /// <summary>The loss of a batch, without its weight, and in training its gradient times the weight and the scale of the loss.</summary>
    /// <exception cref="ArgumentException">A target does not fit; the message names the output.</exception>
    public double Evaluate(in LossInput input, bool withGradient)
    {
        if (Loss is null) return 0;
        try
        {
            if (!withGradient) return Loss.Evaluate(input);
            Span<float> gradient = (IsFused ? LogitGradient : Gradient).Slice(0, input.Predictions.Length);
            double value = IsFused
                ? Loss.EvaluateFromLogits(input, Logits.Slice(0, input.Predictions.Length), Info.Final, gradient)
                : Loss.Evaluate(input, gradient);
            if (Weight * LossScale != 1) RowMath.Scale(gradient, (float)(Weight * LossScale), gradient);
            return value;
        }
        catch (ArgumentException exception)
        {
            throw InOutput(exception);
        }
    }

    /// <summary>The predictions of a batch with their targets, as the loss sees them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="output">Which output this is.</param>
    /// <param name="binding">Which of the batch's tensors is which.</param>
    /// <param name="sampleWeights">A weight a sample, or empty.</param>
    public LossInput LossInput(Batch batch, int output, DataBinding binding, ReadOnlySpan<float> sampleWeights) => Input(batch, output, binding, sampleWeights, lossMask);

    /// <summary>The same as the metrics see it, while another thread computes the loss.</summary>
    /// <inheritdoc cref="LossInput"/>
    public LossInput MetricInput(Batch batch, int output, DataBinding binding, ReadOnlySpan<float> sampleWeights) => Input(batch, output, binding, sampleWeights, metricMask);

    /// <summary>Clears what the network gives for the steps of a batch that do not count.</summary>
    /// <param name="samples">The number of samples.</param>
    public void ClearMasked(int samples)
    {
        if (!Info.IsMasked) return;
        int rows = samples * shape[0], size = SampleSize / shape[0];
        Span<float> mask = Mask.Slice(0, rows), predictions = Predictions.Slice(0, rows * size);
        for (int row = 0; row < rows; row++)
        {
            if (mask[row] == 0) predictions.Slice(row * size, size).Clear();
        }
    }

    private LossInput Input(Batch batch, int output, DataBinding binding, ReadOnlySpan<float> sampleWeights, MaskReader mask)
    {
        int samples = batch.Count;
        try
        {
            ReadOnlySpan<float> steps = Info.IsMasked ? Mask.Slice(0, samples * shape[0]) : [];
            return new LossInput(Predictions.Slice(0, samples * SampleSize), Shape, batch.Target(binding.TargetOf(output)), binding.TargetShape(output, batch), samples)
            {
                SampleWeights = sampleWeights,
                Mask = mask.Read(steps, binding.TargetLengths(output, batch), Shape, samples),
            };
        }
        catch (ArgumentException exception)
        {
            throw InOutput(exception);
        }
    }

    /// <summary>The same failure with the output's name.</summary>
    public ArgumentException InOutput(ArgumentException exception) => new($"Output '{Info.Name}': {exception.Message}", exception);
}
