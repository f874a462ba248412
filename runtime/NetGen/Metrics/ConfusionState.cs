namespace NetGen;

/// <summary>The running counts of a <see cref="ConfusionMetric"/>.</summary>
internal sealed class ConfusionState : MetricState
{
    private readonly ConfusionMetric metric;
    private readonly ConfusionHistogram histogram;
    private readonly int[] places;
    private readonly int[] top;
    private readonly ConfusionCounts[] counts;

    public ConfusionState(ConfusionMetric metric)
        : this(metric, [.. metric.Thresholds.Order()])
    {
    }

    private ConfusionState(ConfusionMetric metric, float[] sorted)
        : this(metric, sorted, new ConfusionHistogram(sorted, metric.IsEven, labels: 1))
    {
    }

    private ConfusionState(ConfusionMetric metric, float[] sorted, ConfusionHistogram histogram)
        : base(histogram.Counts)
    {
        this.metric = metric;
        this.histogram = histogram;
        places = [.. metric.Thresholds.Select(threshold => Array.IndexOf(sorted, threshold))];
        top = new int[metric.Top ?? 0];
        counts = new ConfusionCounts[metric.JoinsThresholds ? sorted.Length : 0];
    }

    public override int ResultLength => metric.JoinsThresholds ? 1 : places.Length;

    public override double ResultAt(int index)
    {
        if (!metric.JoinsThresholds) return metric.Compute(CountsAt(index));
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        histogram.CopyTo(0, counts);
        return metric.Join(counts);
    }

    internal ConfusionCounts CountsAt(int index) => histogram.At(0, places[index]);

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        input.CheckDense(metric.Name);
        SampleWeightMap map = SampleWeightMap.For(input, input.PredictionShape);
        for (int row = 0; row < input.Rows; row++)
        {
            if (!input.Mask.IsEmpty && !input.Mask[row]) continue;
            int start = row * input.Size;
            ReadOnlySpan<float> predictions = input.Predictions.Slice(start, input.Size);
            if (metric.Top.HasValue) Ranking.TopK(predictions, top);
            int first = metric.ClassId ?? 0;
            int last = metric.ClassId ?? input.Size - 1;
            for (int i = first; i <= last; i++)
            {
                float prediction = !metric.Top.HasValue || top.AsSpan().Contains(i) ? predictions[i] : ConfusionMetric.OutsideTopK;
                double weight = input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[start + i]];
                histogram.Add(0, input.Targets[start + i] != 0, prediction, weight);
            }
        }
    }
}
