namespace NetGen;

/// <summary>The area under a curve over thresholds.</summary>
internal sealed class AucMetric : Metric
{
    private readonly float[] thresholds;
    private readonly bool isEven;

    public AucMetric(
        int numThresholds,
        AucCurve curve,
        AucSummation summationMethod,
        IReadOnlyList<double>? thresholds,
        bool multiLabel,
        int? numLabels,
        IReadOnlyList<double>? labelWeights,
        bool fromLogits,
        string name)
        : base(name, MetricDirection.Maximize)
    {
        if (!Enum.IsDefined(curve)) throw new ArgumentOutOfRangeException(nameof(curve), curve, "Expected a value of AucCurve.");
        if (!Enum.IsDefined(summationMethod))
            throw new ArgumentOutOfRangeException(nameof(summationMethod), summationMethod, "Expected a value of AucSummation.");
        if (thresholds is null && numThresholds < 2)
            throw new ArgumentOutOfRangeException(nameof(numThresholds), numThresholds, "Expected at least 2.");
        if (thresholds?.FirstOrDefault(t => !(t >= 0 && t <= 1)) is { } wrong && !(wrong >= 0 && wrong <= 1))
            throw new ArgumentOutOfRangeException(nameof(thresholds), wrong, "Expected thresholds in [0, 1].");
        if (numLabels < 1) throw new ArgumentOutOfRangeException(nameof(numLabels), numLabels, "Expected at least 1.");
        if (numLabels.HasValue && !multiLabel) throw new ArgumentException("It is needed only where multiLabel is true.", nameof(numLabels));

        double[] inner = thresholds is null
            ? [.. Enumerable.Range(1, numThresholds - 2).Select(i => (double)i / (numThresholds - 1))]
            : [.. thresholds.Order()];
        isEven = thresholds is null || IsEven(inner);
        this.thresholds = [-LossMath.Epsilon, .. inner.Select(t => (float)t), 1 + LossMath.Epsilon];
        NumLabels = numLabels;
        Curve = curve;
        Summation = summationMethod;
        IsMultiLabel = multiLabel;
        LabelWeights = labelWeights is null ? null : [.. labelWeights];
        IsFromLogits = fromLogits;
    }

    public AucCurve Curve { get; }

    public AucSummation Summation { get; }

    public bool IsMultiLabel { get; }

    public int? NumLabels { get; }

    public double[]? LabelWeights { get; }

    public bool IsFromLogits { get; }

    /// <summary>The thresholds with both ends, ascending.</summary>
    internal IReadOnlyList<float> Thresholds => thresholds;

    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        int size = predictionShape.IsEmpty ? 1 : predictionShape[^1];
        if (IsMultiLabel && predictionShape.Length != 1)
        {
            throw new ArgumentException(
                $"{Name} with multiLabel takes predictions of one axis per sample, the labels; they are {LossInput.Text(predictionShape)}.",
                nameof(predictionShape));
        }

        if (NumLabels.HasValue && NumLabels != size)
            throw new ArgumentException($"{Name} was made for {NumLabels} labels; the predictions have {size}.", nameof(predictionShape));
        if (LabelWeights is not null && LabelWeights.Length != size)
        {
            throw new ArgumentException(
                $"{Name} has {LabelWeights.Length} label weights; the predictions have {size} labels.", nameof(predictionShape));
        }

        return new AucState(this, new ConfusionHistogram(thresholds, isEven, IsMultiLabel ? size : 1));
    }

    /// <summary>Whether thresholds are k / (count - 1), to within numpy.allclose with Keras's epsilon.</summary>
    private static bool IsEven(double[] inner)
    {
        int last = inner.Length + 1;
        if (last < 2) return false;
        for (int i = 1; i < last; i++)
        {
            double even = (double)i / last;
            if (Math.Abs(inner[i - 1] - even) > 1e-7 + (1e-5 * even)) return false;
        }

        return true;
    }
}
