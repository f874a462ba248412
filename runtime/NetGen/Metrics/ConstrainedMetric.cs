namespace NetGen;

/// <summary>The largest value of one rate over the thresholds at which another is at least a given one; 0 where it never is.</summary>
internal sealed class ConstrainedMetric : ConfusionMetric
{
    private readonly Func<ConfusionCounts, double> sought;
    private readonly Func<ConfusionCounts, double> constrained;

    public ConstrainedMetric(
        Func<ConfusionCounts, double> sought, Func<ConfusionCounts, double> constrained, double least, string argument, int numThresholds, int? classId, string name)
        : base(Even(numThresholds), topK: null, classId, name, MetricDirection.Maximize)
    {
        if (!(least >= 0 && least <= 1)) throw new ArgumentOutOfRangeException(argument, least, "Expected a number in [0, 1].");
        this.sought = sought;
        this.constrained = constrained;
        Least = least;
    }

    /// <summary>What the constrained rate has to be.</summary>
    public double Least { get; }

    public override bool IsEven => Thresholds.Length > 1;

    public override bool JoinsThresholds => true;

    public override double Compute(in ConfusionCounts counts) => sought(counts);

    public override double Join(ReadOnlySpan<ConfusionCounts> counts)
    {
        double best = 0;
        foreach (ref readonly ConfusionCounts at in counts)
        {
            // Compared as Keras does, in float, in which sums of weights round to what was meant.
            if ((float)constrained(at) >= (float)Least) best = Math.Max(best, sought(at));
        }

        return best;
    }

    private static double[] Even(int numThresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numThresholds, 1);
        return numThresholds == 1 ? [0.5] : [.. Enumerable.Range(0, numThresholds).Select(i => (double)i / (numThresholds - 1))];
    }
}
