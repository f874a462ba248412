namespace NetGen;

/// <summary><c>(1 + beta^2) P R / (beta^2 P + R)</c> of precision P and recall R, of each class (Van Rijsbergen 1979).</summary>
internal sealed class FBetaMetric : Metric
{
    public FBetaMetric(ScoreAverage average, double beta, double? threshold, string name)
        : base(name, MetricDirection.Maximize)
    {
        if (!Enum.IsDefined(average)) throw new ArgumentOutOfRangeException(nameof(average), average, "Expected a value of ScoreAverage.");
        if (!(beta > 0 && double.IsFinite(beta))) throw new ArgumentOutOfRangeException(nameof(beta), beta, "Expected a finite number above 0.");
        if (threshold is { } t && !(t > 0 && t <= 1))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number within (0, 1], or null for the largest prediction.");
        Average = average;
        Beta = beta;
        Threshold = threshold;
    }

    public ScoreAverage Average { get; }

    public double Beta { get; }

    public double? Threshold { get; }

    public override MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape)
    {
        if (predictionShape.Length != 1)
        {
            throw new ArgumentException(
                $"{Name} takes predictions of one axis per sample, the classes; they are {LossInput.Text(predictionShape)}.", nameof(predictionShape));
        }

        return new FBetaState(this, predictionShape[0]);
    }
}
