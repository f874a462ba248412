namespace NetGen;

/// <summary>How often the largest prediction of a row stands at its target; a target that is no class index is a miss, as in Keras.</summary>
internal sealed class SparseCategoricalAccuracyMetric(string name) : MeanMetric(name, MetricDirection.Maximize)
{
    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckSparse(Name);
        for (int row = 0; row < values.Length; row++)
            values[row] = Ranking.ArgMax(input.Predictions.Slice(row * input.Size, input.Size)) == input.Targets[row] ? 1 : 0;
    }
}
