namespace NetGen;

/// <summary>One output under training: its loss, its metrics, and the buffers between the network and the loss.</summary>
internal sealed class OutputHead(OutputInfo info, Loss? loss, double weight, Metric[] metrics, Metric[] weightedMetrics)
{
    private nint capacity;
    private int[] shape = info.Shape.ToArray();

    public OutputInfo Info { get; } = info;

    /// <summary>Elements of one sample, times included.</summary>
    public int SampleSize { get; private set; } = info.Size;

    /// <summary>The shape of one sample, with its time as it is in the present data set.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The loss, or null where only other outputs train the network.</summary>
    public Loss? Loss { get; } = loss;

    /// <summary>The factor of the loss in the total.</summary>
    public double Weight { get; } = weight;

    /// <summary>The metrics that disregard sample weights, then those that take them.</summary>
    public Metric[] Metrics { get; } = [.. metrics, .. weightedMetrics];

    /// <summary>How many metrics come before those that take sample weights.</summary>
    public int UnweightedMetrics { get; } = metrics.Length;

    /// <summary>Whether the loss gives the gradient of the logits at once.</summary>
    public bool IsFused { get; } = loss is not null && info.Final != FinalActivation.None && loss.Fuses(info.Final);

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

    /// <summary>Fixes the time of an output that has one.</summary>
    /// <param name="sampleSize">Elements of one sample.</param>
    public void Resolve(int sampleSize)
    {
        if (sampleSize == SampleSize && !shape.Contains(-1)) return;
        SampleSize = sampleSize;
        shape = Info.Shape.ToArray();
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] < 0) shape[axis] = sampleSize / Info.Size;
        }
    }

    /// <summary>Makes room for a number of samples.</summary>
    public void Reserve(int samples)
    {
        nint length = (nint)samples * SampleSize;
        if (length <= capacity) return;
        capacity = length;
        Predictions = new NativeBuffer(length);
        Gradient = new NativeBuffer(length);
        if (Info.Final == FinalActivation.None) return;
        Logits = new NativeBuffer(length);
        LogitGradient = new NativeBuffer(length);
    }

    /// <summary>The loss of a batch, without its weight, and in training its gradient times the weight.</summary>
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
            if (Weight != 1) RowMath.Scale(gradient, (float)Weight, gradient);
            return value;
        }
        catch (ArgumentException exception)
        {
            throw InOutput(exception);
        }
    }

    /// <summary>The predictions of a batch with their targets.</summary>
    public LossInput Input(ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, int samples, ReadOnlySpan<float> sampleWeights)
    {
        try
        {
            return new LossInput(Predictions.Slice(0, samples * SampleSize), Shape, targets, targetShape, samples) { SampleWeights = sampleWeights };
        }
        catch (ArgumentException exception)
        {
            throw InOutput(exception);
        }
    }

    /// <summary>The same failure with the output's name.</summary>
    public ArgumentException InOutput(ArgumentException exception) => new($"Output '{Info.Name}': {exception.Message}", exception);
}
