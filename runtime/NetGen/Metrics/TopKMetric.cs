namespace NetGen;

/// <summary>Categorical or sparse categorical top-k accuracy, chosen as <see cref="AccuracyMetric"/> chooses.</summary>
internal sealed class TopKMetric : Metric
{
    private readonly int k;

    public TopKMetric(int k, string name)
        : base(name, MetricDirection.Maximize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
    }

    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape) =>
        (AccuracyMetric.IsSparse(predictionShape, targetShape)
            ? SparseTopKCategoricalAccuracy(k, name: Name)
            : TopKCategoricalAccuracy(k, Name)).CreateState(predictionShape, targetShape);
}
