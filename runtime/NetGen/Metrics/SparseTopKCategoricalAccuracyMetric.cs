namespace NetGen;

/// <summary>How often the target is among the k largest predictions, or among the first k predicted ids.</summary>
internal sealed class SparseTopKCategoricalAccuracyMetric : MeanMetric
{
    private readonly int k;
    private readonly bool fromSortedIds;

    public SparseTopKCategoricalAccuracyMetric(int k, bool fromSortedIds, string name)
        : base(name, MetricDirection.Maximize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
        this.fromSortedIds = fromSortedIds;
    }

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckSparse(Name);
        for (int row = 0; row < values.Length; row++)
        {
            ReadOnlySpan<float> predictions = input.Predictions.Slice(row * input.Size, input.Size);
            float target = input.Targets[row];
            bool hit = fromSortedIds
                ? predictions[..Math.Min(k, predictions.Length)].Contains(target)
                : target == (int)target && Ranking.IsInTopK(predictions, (int)target, k);
            values[row] = hit ? 1 : 0;
        }
    }
}
