namespace NetGen;

/// <summary>How often <c>prediction > threshold</c> equals the target.</summary>
internal sealed class BinaryAccuracyMetric : MeanMetric
{
    private readonly float threshold;

    public BinaryAccuracyMetric(double threshold, string name)
        : base(name, MetricDirection.Maximize)
    {
        if (!(threshold > 0 && threshold < 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number within (0, 1).");
        this.threshold = (float)threshold;
    }

    public override bool IsPerElement => true;

    public override void WriteValues(in LossInput input, Span<float> values)
    {
        input.CheckDense(Name);
        for (int i = 0; i < values.Length; i++)
            values[i] = (input.Predictions[i] > threshold ? 1f : 0f) == input.Targets[i] ? 1 : 0;
    }
}
