namespace NetGen;

/// <summary>How often elements equal their targets.</summary>
internal sealed class ExactAccuracyMetric(string name) : MeanMetric(name, MetricDirection.Maximize)
{
    public override bool IsPerElement => true;

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckDense(Name);
        for (int i = 0; i < values.Length; i++) values[i] = input.Predictions[i] == input.Targets[i] ? 1 : 0;
    }
}
