namespace NetGen;

/// <summary>The weighted sum of the predictions themselves.</summary>
internal sealed class ValueSumMetric(string name) : MeanMetric(name, MetricDirection.Unknown)
{
    public override bool IsPerElement => true;

    public override void WriteValues(in LossInput input, Span<float> values) => input.Predictions.CopyTo(values);

    public override double Finish(double total, double count) => total;

    public override double Share(int count) => 1;
}
