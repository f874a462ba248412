using CsCheck;

namespace NetGen.Tests;

/// <summary>Precision and recall against the counts by their definition.</summary>
public sealed class ConfusionMetricTests
{
    [Fact]
    public void Counts_by_the_definition() =>
        Gen.Select(Gen.Int, Gen.Int[1, 12], Gen.Int[1, 7], Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[1, 3]).Sample(
            (seed, batch, size, thresholdCount, hasTopK, hasClass, weighted, parts) =>
            {
                Random random = new(seed);
                double[]? thresholds = thresholdCount == 0 ? null : [.. Enumerable.Range(0, thresholdCount).Select(_ => random.Next(5) / 4.0)];
                int? topK = hasTopK ? random.Next(size) + 1 : null;
                int? classId = hasClass ? random.Next(size) : null;
                float[] predictions = [.. Enumerable.Range(0, batch * size).Select(_ => random.Next(9) / 8f)];
                float[] targets = [.. Enumerable.Range(0, batch * size).Select(_ => (float)random.Next(2))];
                float[]? weights = weighted ? [.. Enumerable.Range(0, batch).Select(_ => (float)random.Next(4))] : null;

                MetricState precision = MetricRun.Of(Metric.Precision(thresholds, topK, classId), predictions, targets, size, size, weights, parts: parts);
                MetricState recall = MetricRun.Of(Metric.Recall(thresholds, topK, classId), predictions, targets, size, size, weights, parts: parts);
                Assert.Equal(thresholds?.Length ?? 1, precision.ResultLength);
                for (int t = 0; t < precision.ResultLength; t++)
                {
                    double threshold = thresholds?[t] ?? (hasTopK ? -1 : 0.5);
                    (double tp, double fp, double fn) = Count(predictions, targets, size, weights, threshold, topK ?? size, classId);
                    Assert.Equal(tp + fp == 0 ? 0 : tp / (tp + fp), precision.ResultAt(t), 1e-12);
                    Assert.Equal(tp + fn == 0 ? 0 : tp / (tp + fn), recall.ResultAt(t), 1e-12);
                }
            },
            iter: 200);

    [Fact]
    public void A_prediction_at_the_threshold_and_a_NaN_are_negative()
    {
        MetricState state = MetricRun.Of(Metric.Recall(), [0.5f, float.NaN, 0.6f], [1, 1, 1], 1, 1);
        Assert.Equal(1 / 3.0, state.Result, 1e-12);
    }

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Precision([0.5, 1.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Precision([double.NaN]));
        Assert.Throws<ArgumentException>(() => Metric.Precision([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Recall(topK: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.Recall(classId: -1));
        Assert.Throws<ArgumentException>(() => Metric.Recall(topK: 4).CreateState([3], [3]));
        Assert.Throws<ArgumentException>(() => Metric.Recall(classId: 3).CreateState([3], [3]));
        Assert.Throws<ArgumentException>(() => MetricRun.Of(Metric.Precision(), new float[6], new float[2], 3, 1));
    }

    private static (double Tp, double Fp, double Fn) Count(
        float[] predictions, float[] targets, int size, float[]? weights, double threshold, int topK, int? classId)
    {
        (double tp, double fp, double fn) = (0, 0, 0);
        for (int i = 0; i < predictions.Length; i++)
        {
            (int row, int column) = (i / size, i % size);
            if (classId.HasValue && column != classId)
                continue;
            float[] others = predictions[(row * size)..((row + 1) * size)];
            int before = others.Where((x, j) => x > predictions[i] || (x == predictions[i] && j < column)).Count();
            bool isPositive = before < topK && predictions[i] > threshold;
            double weight = weights?[row] ?? 1;
            if (isPositive && targets[i] != 0)
                tp += weight;
            else if (isPositive)
                fp += weight;
            else if (targets[i] != 0)
                fn += weight;
        }

        return (tp, fp, fn);
    }
}
