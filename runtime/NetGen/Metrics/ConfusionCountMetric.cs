namespace NetGen;

/// <summary>One of the four counts at each threshold.</summary>
internal sealed class ConfusionCountMetric(Func<ConfusionCounts, double> count, IReadOnlyList<double>? thresholds, string name, MetricDirection direction)
    : ConfusionMetric(thresholds, topK: null, classId: null, name, direction)
{
    public override double Compute(in ConfusionCounts counts) => count(counts);
}
