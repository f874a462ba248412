namespace NetGen;

/// <summary>How often the class of the largest target is among the k largest predictions.</summary>
internal sealed class TopKCategoricalAccuracyMetric : MeanMetric
{
    private readonly int k;

    public TopKCategoricalAccuracyMetric(int k, string name)
        : base(name, MetricDirection.Maximize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
    }

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckDense(Name);
        for (int row = 0; row < values.Length; row++)
        {
            int start = row * input.Size;
            int label = Ranking.ArgMax(input.Targets.Slice(start, input.Size));
            values[row] = Ranking.IsInTopK(input.Predictions.Slice(start, input.Size), label, k) ? 1 : 0;
        }
    }
}
