namespace NetGen;

/// <summary>The weighted mean of the predictions themselves.</summary>
internal sealed class ValueMeanMetric(string name) : MeanMetric(name, MetricDirection.Unknown)
{
    public override bool IsPerElement => true;

    public override void WriteValues(in LossInput input, Span<float> values) => input.Predictions.CopyTo(values);
}
