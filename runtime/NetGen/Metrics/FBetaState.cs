namespace NetGen;

/// <summary>The running counts of an <see cref="FBetaMetric"/>, by class.</summary>
internal sealed class FBetaState(FBetaMetric metric, int classes) : MetricState(totals: 3 * classes)
{
    public override int ResultLength => metric.Average == ScoreAverage.None ? classes : 1;

    public override void Update(in LossInput input)
    {
        input.CheckMask(input.Rows);
        input.CheckDense(metric.Name);
        if (input.Size != classes) throw new ArgumentException($"{metric.Name} was made for {classes} classes; the predictions have {input.Size}.");
        Span<double> hits = Hits, predicted = Predicted, actual = Actual;
        SampleWeightMap map = SampleWeightMap.For(input, input.PredictionShape);
        for (int row = 0; row < input.Rows; row++)
        {
            if (!input.Mask.IsEmpty && !input.Mask[row]) continue;
            ReadOnlySpan<float> predictions = input.Predictions.Slice(row * classes, classes);
            float largest = metric.Threshold.HasValue ? 0 : RowMath.Max(predictions);
            for (int i = 0; i < classes; i++)
            {
                int index = (row * classes) + i;
                double weight = input.SampleWeights.IsEmpty ? 1 : input.SampleWeights[map[index]];

                // A row of zeros has no largest prediction, as in Keras.
                bool isPredicted = metric.Threshold is { } threshold
                    ? predictions[i] > (float)threshold
                    : predictions[i] >= largest && Math.Abs(predictions[i]) > 1e-9f;
                actual[i] += weight * input.Targets[index];
                if (!isPredicted) continue;
                predicted[i] += weight;
                hits[i] += weight * input.Targets[index];
            }
        }
    }

    public override double ResultAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ResultLength);
        ReadOnlySpan<double> hits = Hits, predicted = Predicted, actual = Actual;
        if (metric.Average == ScoreAverage.None) return Score(hits[index], predicted[index], actual[index]);
        if (metric.Average == ScoreAverage.Micro) return Score(Sum(hits), Sum(predicted), Sum(actual));
        double sum = 0;
        for (int i = 0; i < classes; i++)
            sum += Score(hits[i], predicted[i], actual[i]) * (metric.Average == ScoreAverage.Weighted ? actual[i] : 1);
        return sum / (metric.Average == ScoreAverage.Weighted ? Sum(actual) + LossMath.Epsilon : classes);
    }

    private Span<double> Hits => Totals[..classes];

    private Span<double> Predicted => Totals.Slice(classes, classes);

    private Span<double> Actual => Totals[(2 * classes)..];

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }

    /// <summary>Keras's epsilons keep a class without predictions or targets at 0.</summary>
    private double Score(double hit, double predictions, double targets)
    {
        double precision = hit / (predictions + LossMath.Epsilon);
        double recall = hit / (targets + LossMath.Epsilon);
        double square = metric.Beta * metric.Beta;
        return (1 + square) * precision * recall / ((square * precision) + recall + LossMath.Epsilon);
    }
}
