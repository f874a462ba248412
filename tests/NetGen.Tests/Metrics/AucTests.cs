using CsCheck;

namespace NetGen.Tests;

public sealed class AucTests
{
    private const int Thresholds = 401;

    /// <summary>Predictions in the middle between two thresholds: equal ones share an interval and others do not, so the area is exact.</summary>
    private static readonly Gen<(float[] Predictions, float[] Targets, float[] Weights)> Data =
        Gen.Select(Gen.Int, Gen.Int[2, 40]).Select((seed, count) =>
        {
            Random random = new(seed);
            float[] predictions = [.. Enumerable.Range(0, count).Select(_ => (random.Next(60) + 0.5f) / (Thresholds - 1))];
            float[] targets = [.. Enumerable.Range(0, count).Select(i => i < 2 ? i : (float)random.Next(2))];
            float[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 9) / 4f)];
            return (predictions, targets, weights);
        });

    [Fact]
    public void The_area_under_ROC_is_the_part_of_pairs_in_the_right_order() => Data.Sample(
        (predictions, targets, weights) =>
        {
            (double right, double all) = (0, 0);
            for (int i = 0; i < targets.Length; i++)
            {
                for (int j = 0; j < targets.Length; j++)
                {
                    if (targets[i] == 0 || targets[j] != 0)
                        continue;
                    double pair = weights[i] * (double)weights[j];
                    all += pair;
                    right += predictions[i] > predictions[j] ? pair : predictions[i] == predictions[j] ? pair / 2 : 0;
                }
            }

            Assert.Equal(right / all, MetricRun.Of(Metric.AUC(Thresholds), predictions, targets, 1, 1, weights, parts: 3).Result, 1e-9);
        },
        iter: 100);

    [Fact]
    public void Explicit_thresholds_give_what_even_ones_give() => Data.Sample(
        (predictions, targets, weights) =>
        {
            double[] inner = [.. Enumerable.Range(1, Thresholds - 2).Select(i => (double)i / (Thresholds - 1))];

            // One threshold more makes them uneven and is not crossed by any prediction.
            double[] uneven = [.. inner, 0.999];
            foreach (AucCurve curve in Enum.GetValues<AucCurve>())
            {
                double expected = MetricRun.Of(Metric.AUC(Thresholds, curve), predictions, targets, 1, 1, weights).Result;
                Assert.Equal(expected, MetricRun.Of(Metric.AUC(curve: curve, thresholds: inner), predictions, targets, 1, 1, weights).Result, 1e-9);
                Assert.Equal(expected, MetricRun.Of(Metric.AUC(curve: curve, thresholds: uneven), predictions, targets, 1, 1, weights).Result, 1e-9);
            }
        },
        iter: 30);

    [Theory]
    [InlineData(AucCurve.ROC)]
    [InlineData(AucCurve.PR)]
    public void Minoring_and_majoring_enclose_the_interpolation(AucCurve curve) => Data.Sample(
        (predictions, targets, weights) =>
        {
            double Area(AucSummation summation) => MetricRun.Of(Metric.AUC(50, curve, summation), predictions, targets, 1, 1, weights).Result;
            Assert.InRange(Area(AucSummation.Interpolation), Area(AucSummation.Minoring) - 1e-9, Area(AucSummation.Majoring) + 1e-9);
        },
        iter: 50);

    [Fact]
    public void The_interpolated_area_under_PR_is_the_integral_of_the_interpolated_precision() => Data.Sample(
        (predictions, targets, weights) =>
        {
            // Between two operating points true positives grow linearly with the number of predicted positives (Davis and Goadrich 2006).
            double positives = targets.Zip(weights, (t, w) => t * (double)w).Sum();
            double area = 0;
            (double tp0, double all0) = (0, 0);
            foreach (float threshold in predictions.Distinct().OrderDescending())
            {
                double tp1 = 0;
                double all1 = 0;
                for (int i = 0; i < targets.Length; i++)
                {
                    if (predictions[i] < threshold)
                        continue;
                    all1 += weights[i];
                    tp1 += weights[i] * targets[i];
                }

                const int steps = 4000;
                for (int s = 0; s < steps; s++)
                {
                    double at = (s + 0.5) / steps;
                    double precision = (tp0 + (at * (tp1 - tp0))) / (all0 + (at * (all1 - all0)));
                    area += precision * (tp1 - tp0) / steps / positives;
                }

                (tp0, all0) = (tp1, all1);
            }

            Assert.Equal(area, MetricRun.Of(Metric.AUC(Thresholds, AucCurve.PR), predictions, targets, 1, 1, weights).Result, 1e-4);
        },
        iter: 20);

    [Fact]
    public void Labels_counted_apart_are_the_mean_of_their_areas() => Gen.Select(Data, Data).Sample(
        (a, b) =>
        {
            int count = Math.Min(a.Predictions.Length, b.Predictions.Length);
            float[] Join(float[] x, float[] y) => [.. x.Take(count).Zip(y.Take(count), (u, v) => new[] { u, v }).SelectMany(pair => pair)];
            double Area((float[] Predictions, float[] Targets, float[]) data) => MetricRun.Of(Metric.AUC(), data.Predictions[..count], data.Targets[..count], 1, 1).Result;
            float[] predictions = Join(a.Predictions, b.Predictions);
            float[] targets = Join(a.Targets, b.Targets);
            Assert.Equal((Area(a) + Area(b)) / 2, MetricRun.Of(Metric.AUC(multiLabel: true, numLabels: 2), predictions, targets, 2, 2).Result, 1e-12);
            Assert.Equal(
                ((3 * Area(a)) + Area(b)) / 4, MetricRun.Of(Metric.AUC(multiLabel: true, labelWeights: [0.75, 0.25]), predictions, targets, 2, 2).Result, 1e-12);
        },
        iter: 30);

    [Fact]
    public void Logits_are_taken_as_their_probabilities()
    {
        float[] logits = [-30, -1, 0.2f, 3, 40];
        float[] probabilities = [.. logits.Select(x => 1 / (1 + MathF.Exp(-x)))];
        float[] targets = [0, 1, 0, 1, 1];
        Assert.Equal(
            MetricRun.Of(Metric.AUC(), probabilities, targets, 1, 1).Result, MetricRun.Of(Metric.AUC(fromLogits: true), logits, targets, 1, 1).Result, 1e-12);
    }

    [Fact]
    public void NaN_is_below_every_threshold() => Assert.Equal(0, MetricRun.Of(Metric.AUC(), [float.NaN, 0.5f], [1, 0], 1, 1).Result);

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.AUC(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.AUC(thresholds: [0.5, -0.1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.AUC(thresholds: [double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.AUC(curve: (AucCurve)7));
        Assert.Throws<ArgumentException>(() => Metric.AUC(numLabels: 2));
        Assert.Throws<ArgumentException>(() => Metric.AUC(multiLabel: true, numLabels: 2).CreateState([3], [3]));
        Assert.Throws<ArgumentException>(() => Metric.AUC(multiLabel: true).CreateState([3, 3], [3, 3]));
        Assert.Throws<ArgumentException>(() => Metric.AUC(labelWeights: [1]).CreateState([3], [3]));
    }
}
