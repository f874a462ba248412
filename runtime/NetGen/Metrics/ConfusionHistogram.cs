namespace NetGen;

/// <summary>
/// Weighted counts of positive and negative targets, by how many thresholds their prediction exceeds. True and false positives of every
/// threshold are sums over it, so that an update does not depend on the number of thresholds.
/// </summary>
internal sealed class ConfusionHistogram
{
    private readonly float[] sorted;
    private readonly bool isEven;

    /// <summary>Makes an empty histogram.</summary>
    /// <param name="sorted">The thresholds in ascending order.</param>
    /// <param name="isEven">Whether they are k / (count - 1) with the ends pushed outwards, so that the place of a prediction can be
    /// computed.</param>
    /// <param name="labels">How many labels are counted apart.</param>
    public ConfusionHistogram(float[] sorted, bool isEven, int labels)
    {
        this.sorted = sorted;
        this.isEven = isEven;
        Labels = labels;
        Counts = new double[2 * labels * (sorted.Length + 1)];
    }

    /// <summary>Positive targets of each label and number of thresholds exceeded, then negative ones.</summary>
    public double[] Counts { get; }

    public int Labels { get; }

    public int Thresholds => sorted.Length;

    public void Add(int label, bool isPositive, float prediction, double weight) =>
        Counts[(isPositive ? Positives(label) : Negatives(label)) + Exceeded(prediction)] += weight;

    /// <summary>The counts at a threshold, by its place in ascending order.</summary>
    public ConfusionCounts At(int label, int threshold)
    {
        ReadOnlySpan<double> p = Counts.AsSpan(Positives(label), sorted.Length + 1);
        ReadOnlySpan<double> n = Counts.AsSpan(Negatives(label), sorted.Length + 1);
        return new ConfusionCounts(Sum(p[(threshold + 1)..]), Sum(n[(threshold + 1)..]), Sum(n[..(threshold + 1)]), Sum(p[..(threshold + 1)]));
    }

    /// <summary>The counts at every threshold, in ascending order of thresholds, in one pass from above.</summary>
    public void CopyTo(int label, Span<ConfusionCounts> counts)
    {
        ReadOnlySpan<double> p = Counts.AsSpan(Positives(label), sorted.Length + 1);
        ReadOnlySpan<double> n = Counts.AsSpan(Negatives(label), sorted.Length + 1);
        double tp = 0;
        double fp = 0;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            tp += p[i + 1];
            fp += n[i + 1];
            counts[i] = new ConfusionCounts(tp, fp, 0, 0);
        }

        // The totals are sums in the same order, so that what is left below a threshold is exactly 0 where nothing is.
        double allPositives = tp + p[0];
        double allNegatives = fp + n[0];
        foreach (ref ConfusionCounts count in counts)
        {
            count = count with
            {
                FalseNegatives = allPositives - count.TruePositives,
                TrueNegatives = allNegatives - count.FalsePositives,
            };
        }
    }

    private int Positives(int label) => label * (sorted.Length + 1);

    private int Negatives(int label) => (Labels + label) * (sorted.Length + 1);

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }

    /// <summary>How many thresholds lie below a prediction; NaN exceeds none.</summary>
    private int Exceeded(float prediction)
    {
        if (float.IsNaN(prediction)) return 0;
        if (isEven)
        {
            // Keras's bucket: ceil(p (count - 1)) - 1, at least 0, of the prediction within [0, 1].
            float place = MathF.Ceiling(Math.Clamp(prediction, 0, 1) * (sorted.Length - 1)) - 1;
            return Math.Max((int)place, 0) + 1;
        }

        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < prediction) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
