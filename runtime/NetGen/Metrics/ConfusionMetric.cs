namespace NetGen;

/// <summary>A metric computed from the confusion counts at each of its thresholds.</summary>
internal abstract class ConfusionMetric : Metric
{
    /// <summary>What takes the place of predictions outside the top k, and the threshold for the top k, as in Keras.</summary>
    internal const float OutsideTopK = -1e10f;

    protected ConfusionMetric(IReadOnlyList<double>? thresholds, int? topK, int? classId, string name, MetricDirection direction)
        : base(name, direction)
    {
        foreach (double threshold in thresholds ?? [])
        {
            if (!(threshold >= 0 && threshold <= 1))
                throw new ArgumentOutOfRangeException(nameof(thresholds), threshold, "Expected thresholds in [0, 1].");
        }

        if (thresholds is { Count: 0 }) throw new ArgumentException("Expected at least one threshold.", nameof(thresholds));
        if (topK < 1) throw new ArgumentOutOfRangeException(nameof(topK), topK, "Expected at least 1.");
        if (classId < 0) throw new ArgumentOutOfRangeException(nameof(classId), classId, "Expected a class index.");
        Thresholds = thresholds is null ? [topK is null ? 0.5f : OutsideTopK] : [.. thresholds.Select(threshold => (float)threshold)];
        Top = topK;
        ClassId = classId;
    }

    public float[] Thresholds { get; }

    public int? Top { get; }

    public int? ClassId { get; }

    /// <summary>Whether thresholds are k / (count - 1), as <see cref="ConfusionHistogram"/> asks.</summary>
    public virtual bool IsEven => false;

    /// <summary>Whether the result is one of all thresholds rather than one for each.</summary>
    public virtual bool JoinsThresholds => false;

    public sealed override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        int size = predictionShape.IsEmpty ? 1 : predictionShape[^1];
        if (Top > size) throw new ArgumentException($"{Name} looks at the top {Top} of {size} predictions.", nameof(predictionShape));
        if (ClassId >= size) throw new ArgumentException($"{Name} looks at class {ClassId} of {size} predictions.", nameof(predictionShape));
        return new ConfusionState(this);
    }

    /// <summary>The result at one threshold.</summary>
    public abstract double Compute(in ConfusionCounts counts);

    /// <summary>The result of all thresholds, in ascending order, where it is one.</summary>
    public virtual double Join(ReadOnlySpan<ConfusionCounts> counts) => throw new NotSupportedException($"{Name} has a result for each threshold.");
}
