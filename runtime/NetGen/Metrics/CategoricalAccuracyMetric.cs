namespace NetGen;

/// <summary>How often the largest prediction of a row stands where its largest target does.</summary>
internal sealed class CategoricalAccuracyMetric(string name) : MeanMetric(name, MetricDirection.Maximize)
{
    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckDense(Name);
        for (int row = 0; row < values.Length; row++)
        {
            int start = row * input.Size;
            bool hit = Ranking.ArgMax(input.Predictions.Slice(start, input.Size)) == Ranking.ArgMax(input.Targets.Slice(start, input.Size));
            values[row] = hit ? 1 : 0;
        }
    }
}
