namespace NetGen;

/// <summary><c>1 - sum((t - p)^2) / sum((t - mean(t))^2)</c> for each output.</summary>
internal sealed class R2ScoreMetric : Metric
{
    public R2ScoreMetric(R2Aggregation classAggregation, int numRegressors, string name)
        : base(name, MetricDirection.Maximize)
    {
        if (!Enum.IsDefined(classAggregation))
            throw new ArgumentOutOfRangeException(nameof(classAggregation), classAggregation, "Expected a value of R2Aggregation.");
        ArgumentOutOfRangeException.ThrowIfNegative(numRegressors);
        Aggregation = classAggregation;
        NumRegressors = numRegressors;
    }

    public R2Aggregation Aggregation { get; }

    public int NumRegressors { get; }

    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        if (predictionShape.Length > 1)
        {
            throw new ArgumentException(
                $"{Name} takes predictions of at most one axis per sample; they are {LossInput.Text(predictionShape)}.", nameof(predictionShape));
        }

        return new R2State(this, predictionShape.IsEmpty ? 1 : predictionShape[0]);
    }
}
