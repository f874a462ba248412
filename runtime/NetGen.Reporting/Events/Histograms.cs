using NetGen.Reporting.Proto;

namespace NetGen.Reporting;

/// <summary>Histograms of weights, as TensorFlow's <c>tf.summary.histogram</c> makes them: thirty buckets of one width from the least to the greatest.</summary>
internal static class Histograms
{
    private const int Buckets = 30;

    /// <summary>The histogram of some numbers; those that are not finite are left out.</summary>
    public static HistogramProto Of(ReadOnlySpan<float> values)
    {
        HistogramProto histogram = new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            histogram.Min = Math.Min(histogram.Min, value);
            histogram.Max = Math.Max(histogram.Max, value);
            histogram.Num++;
            histogram.Sum += value;
            histogram.SumSquares += (double)value * value;
        }

        if (histogram.Num == 0)
        {
            (histogram.Min, histogram.Max) = (0, 0);
            return histogram;
        }

        double width = (histogram.Max - histogram.Min) / Buckets;
        int buckets = width > 0 ? Buckets : 1;
        double[] counts = new double[buckets];
        foreach (float value in values)
        {
            if (float.IsFinite(value)) counts[width > 0 ? Math.Min((int)((value - histogram.Min) / width), buckets - 1) : 0]++;
        }

        for (int i = 0; i < buckets; i++)
        {
            histogram.BucketLimit.Add(i == buckets - 1 ? histogram.Max : histogram.Min + (width * (i + 1)));
            histogram.Bucket.Add(counts[i]);
        }

        return histogram;
    }
}
