namespace NetGen;

/// <summary><c>TP / (TP + FP)</c>.</summary>
internal sealed class PrecisionMetric(IReadOnlyList<double>? thresholds, int? topK, int? classId, string name)
    : ConfusionMetric(thresholds, topK, classId, name, MetricDirection.Maximize)
{
    public override double Compute(in ConfusionCounts counts) => counts.Precision;
}
