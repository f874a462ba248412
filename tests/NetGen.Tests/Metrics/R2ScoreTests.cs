using CsCheck;

namespace NetGen.Tests;

public sealed class R2ScoreTests
{
    [Fact]
    public void The_score_by_the_definition() => Gen.Select(Gen.Int, Gen.Int[3, 20], Gen.Int[1, 5], Gen.Int[0, 1], Gen.Int[1, 3]).Sample(
        (seed, batch, size, regressors, parts) =>
        {
            Random random = new(seed);
            float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
            float[] predictions = Draw(batch * size);
            float[] targets = Draw(batch * size);
            float[] weights = [.. Draw(batch).Select(w => Math.Abs(w) + 0.1f)];
            double[] scores = new double[size];
            double[] variations = new double[size];
            for (int output = 0; output < size; output++)
            {
                double[] t = Column(targets, output);
                double[] p = Column(predictions, output);
                double mean = t.Zip(weights, (x, w) => x * w).Sum() / weights.Sum(w => (double)w);
                variations[output] = t.Zip(weights, (x, w) => w * (x - mean) * (x - mean)).Sum();
                scores[output] = 1 - (t.Zip(p, (a, b) => (a - b) * (a - b)).Zip(weights, (e, w) => e * w).Sum() / variations[output]);
            }

            double[] Column(float[] values, int output) => [.. Enumerable.Range(0, batch).Select(i => (double)values[(i * size) + output])];
            double Adjust(double score) => regressors == 0 ? score : 1 - ((1 - score) * (batch - 1) / (batch - regressors - 1));
            MetricState Run(R2Aggregation aggregation) => MetricRun.Of(Metric.R2Score(aggregation, regressors), predictions, targets, size, size, weights, parts: parts);

            MetricState each = Run(R2Aggregation.None);
            Assert.Equal(size, each.ResultLength);
            for (int output = 0; output < size; output++)
                AssertClose(Adjust(scores[output]), each.ResultAt(output));
            AssertClose(Adjust(scores.Average()), Run(R2Aggregation.UniformAverage).Result);
            AssertClose(Adjust(scores.Zip(variations, (s, v) => s * v).Sum() / variations.Sum()), Run(R2Aggregation.VarianceWeightedAverage).Result);
        },
        iter: 60);

    [Fact]
    public void Too_few_samples_give_the_plain_score()
    {
        float[] predictions = [1, 2, 4];
        float[] targets = [1, 2, 3];
        Assert.Equal(0.5, MetricRun.Of(Metric.R2Score(numRegressors: 2), predictions, targets, 1, 1).Result, 1e-12);
        Assert.Equal(0.5, MetricRun.Of(Metric.R2Score(numRegressors: 9), predictions, targets, 1, 1).Result, 1e-12);
        Assert.Equal(0, MetricRun.Of(Metric.R2Score(), [1, 2], [3, 3], 1, 1).Result);
    }

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.R2Score(numRegressors: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.R2Score((R2Aggregation)5));
        Assert.Throws<ArgumentException>(() => Metric.R2Score().CreateState([3, 2], [3, 2]));
    }

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Max(1, Math.Abs(expected)));
}
