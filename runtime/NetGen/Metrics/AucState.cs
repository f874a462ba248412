namespace NetGen;

/// <summary>The running counts of an <see cref="AucMetric"/>.</summary>
internal sealed class AucState(AucMetric metric, ConfusionHistogram histogram) : MetricState(histogram.Counts)
{
    private readonly ConfusionCounts[] counts = new ConfusionCounts[histogram.Thresholds];

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        input.CheckDense(metric.Name);
        SampleWeightMap map = SampleWeightMap.For(input, input.PredictionShape);
        for (int i = 0; i < input.Predictions.Length; i++)
        {
            int row = i / input.Size;
            if (!input.Mask.IsEmpty && !input.Mask[row]) continue;
            int label = i - (row * input.Size);
            double weight = input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[i]];

            // Without labels counted apart, a label's weight is that of its elements.
            if (!metric.IsMultiLabel && metric.LabelWeights is not null) weight *= metric.LabelWeights[label];
            float prediction = input.Predictions[i];
            if (metric.IsFromLogits) prediction = VectorMath.Sigmoid(prediction);
            histogram.Add(metric.IsMultiLabel ? label : 0, input.Targets[i] != 0, prediction, weight);
        }
    }

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
        double sum = 0;
        double weights = 0;
        for (int label = 0; label < histogram.Labels; label++)
        {
            double weight = metric.IsMultiLabel && metric.LabelWeights is not null ? metric.LabelWeights[label] : 1;
            sum += weight * Area(label);
            weights += weight;
        }

        return ConfusionCounts.Ratio(sum, weights);
    }

    internal ConfusionCounts CountsAt(int label, int threshold) => histogram.At(label, threshold);

    private double Area(int label)
    {
        double area = 0;
        histogram.CopyTo(label, counts);
        for (int i = counts.Length - 2; i >= 0; i--)
        {
            area += metric.Curve == AucCurve.PR && metric.Summation == AucSummation.Interpolation
                ? PrecisionArea(counts[i], counts[i + 1])
                : Riemann(counts[i], counts[i + 1]);
        }

        return area;
    }

    private double Riemann(in ConfusionCounts lower, in ConfusionCounts upper)
    {
        (double x0, double y0) = Point(upper);
        (double x1, double y1) = Point(lower);
        double height = metric.Summation switch
        {
            AucSummation.Minoring => Math.Min(y0, y1),
            AucSummation.Majoring => Math.Max(y0, y1),
            _ => (y0 + y1) / 2,
        };
        return (x1 - x0) * height;
    }

    private (double X, double Y) Point(in ConfusionCounts counts)
    {
        (double tp, double fp, double tn, double fn) = counts;
        double recall = ConfusionCounts.Ratio(tp, tp + fn);
        if (metric.Curve == AucCurve.ROC) return (ConfusionCounts.Ratio(fp, fp + tn), recall);
        if (metric.Curve == AucCurve.PR) return (recall, ConfusionCounts.Ratio(tp, tp + fp));

        // Gains (Flach and Kull 2015) diverge without true positives: there, as where recall is below chance, Keras takes the end of the curve.
        if (tp == 0) return (0, 1);
        double odds = ConfusionCounts.Ratio(tp + fn, tn + fp);
        return (Math.Max(1 - (odds * fn / tp), 0), 1 - (odds * fp / tp));
    }

    /// <summary>The area between two thresholds with true and false positives varying linearly (Davis and Goadrich 2006, section 4; the closed
    /// form is Keras's): with P = TP + FP, slope = dTP / dP and intercept = TP - slope P, it is
    /// <c>slope (dTP + intercept log(P1 / P0)) / positives</c>.</summary>
    private static double PrecisionArea(in ConfusionCounts lower, in ConfusionCounts upper)
    {
        double p0 = upper.TruePositives + upper.FalsePositives;
        double p1 = lower.TruePositives + lower.FalsePositives;
        double gained = lower.TruePositives - upper.TruePositives;
        double slope = ConfusionCounts.Ratio(gained, Math.Max(p1 - p0, 0));
        double intercept = upper.TruePositives - (slope * p0);
        double ratio = p0 > 0 && p1 > 0 ? p1 / p0 : 1;
        double positives = Math.Max(upper.TruePositives + upper.FalseNegatives, 0);
        return ConfusionCounts.Ratio(slope * (gained + (intercept * Math.Log(ratio))), positives);
    }
}
