using CsCheck;

namespace NetGen.Tests;

/// <summary>Metrics that are a mean over rows or elements, against that mean taken by hand in double.</summary>
public sealed class MeanMetricTests
{
    private sealed record Case(Metric Metric, bool IsSparse, Func<float[], float[], double> Sample);

    private static readonly Case[] Cases =
    [
        new(Metric.ExactAccuracy(), false, (p, t) => p.Zip(t, (a, b) => a == b ? 1.0 : 0).Average()),
        new(Metric.BinaryAccuracy(0.3), false, (p, t) => p.Zip(t, (a, b) => (a > 0.3f ? 1 : 0) == b ? 1.0 : 0).Average()),
        new(Metric.CategoricalAccuracy(), false, (p, t) => Array.IndexOf(p, p.Max()) == Array.IndexOf(t, t.Max()) ? 1 : 0),
        new(Metric.SparseCategoricalAccuracy(), true, (p, t) => Array.IndexOf(p, p.Max()) == t[0] ? 1 : 0),
        new(Metric.TopKCategoricalAccuracy(2), false, (p, t) => p.Count(x => x > p[Array.IndexOf(t, t.Max())]) < 2 ? 1 : 0),
        new(Metric.SparseTopKCategoricalAccuracy(3), true, (p, t) => t[0] < p.Length && p.Count(x => x > p[(int)t[0]]) < 3 ? 1 : 0),
        new(Metric.MeanSquaredError(), false, (p, t) => p.Zip(t, (a, b) => (a - b) * (double)(a - b)).Average()),
        new(Metric.MeanAbsoluteError(), false, (p, t) => p.Zip(t, (a, b) => Math.Abs((double)a - b)).Average()),
        new(Metric.Mean(), false, (p, _) => p.Average(x => (double)x)),
        new(Metric.FromLoss(Loss.Huber(reduction: LossReduction.Sum)), false, (p, t) => p.Zip(t, (a, b) => Math.Abs(a - b) <= 1 ? 0.5 * (a - b) * (a - b) : Math.Abs(a - b) - 0.5).Average()),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void The_result_is_the_weighted_mean_over_all_batches(int index) => Data(Cases[index].IsSparse).Sample(
        (size, predictions, targets, weights, mask, parts) =>
        {
            Case c = Cases[index];
            int batch = predictions.Length / size;
            MetricState state = MetricRun.Of(c.Metric, predictions, targets, size, c.IsSparse ? 1 : size, weights, mask, parts);
            double sum = 0;
            double count = 0;
            for (int i = 0; i < batch; i++)
            {
                double weight = (weights?[i] ?? 1) * (mask is null || mask[i] ? 1 : 0);
                count += weight;
                sum += weight * c.Sample(predictions[(i * size)..((i + 1) * size)], c.IsSparse ? [targets[i]] : targets[(i * size)..((i + 1) * size)]);
            }

            double expected = count == 0 ? 0 : sum / count;
            Assert.Equal(expected, state.Result, 1e-6 * Math.Max(1, Math.Abs(expected)));
            state.Reset();
            Assert.Equal(0, state.Result);
        },
        iter: 60);

    [Fact]
    public void The_root_is_taken_of_the_mean_over_all_batches() => Data(isSparse: false).Sample(
        (size, predictions, targets, weights, mask, parts) => Assert.Equal(
            Math.Sqrt(MetricRun.Of(Metric.MeanSquaredError(), predictions, targets, size, size, weights, mask).Result),
            MetricRun.Of(Metric.RootMeanSquaredError(), predictions, targets, size, size, weights, mask, parts).Result,
            1e-6),
        iter: 30);

    [Fact]
    public void A_sum_is_not_divided()
    {
        MetricState state = Metric.Sum().CreateState([2], [2]);
        state.Update(new LossInput(new float[] { 1, 2, 3, 4 }, [2], 2) { SampleWeights = [1, 10] });
        state.Update(new LossInput(new float[] { 5 }, [1], 1));
        Assert.Equal(1 + 2 + 30 + 40 + 5, state.Result);
    }

    [Fact]
    public void Sequences_count_as_samples_and_masked_steps_not_at_all()
    {
        float[] predictions = [0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f, 0.6f, 0.4f];
        MetricState state = Metric.Accuracy().CreateState([2, 2], [2]);
        LossInput input = new(predictions, [2, 2], [0, 1, 1, 0], [2], 2);
        state.Update(input);
        Assert.Equal(0.75, state.Result);
        state.Reset();
        state.Update(input with { Mask = [true, false, true, true] });
        Assert.Equal(1, state.Result);
        state.Reset();
        state.Update(input with { SampleWeights = [3, 1] });
        Assert.Equal(((3 * 0.5) + 1) / 4, state.Result, 1e-12);
    }

    [Theory]
    [InlineData(new int[0], new int[0], typeof(BinaryAccuracyMetric))]
    [InlineData(new[] { 1 }, new[] { 1 }, typeof(BinaryAccuracyMetric))]
    [InlineData(new[] { 5, 1 }, new[] { 5, 1 }, typeof(BinaryAccuracyMetric))]
    [InlineData(new[] { 10 }, new int[0], typeof(SparseCategoricalAccuracyMetric))]
    [InlineData(new[] { 10 }, new[] { 1 }, typeof(SparseCategoricalAccuracyMetric))]
    [InlineData(new[] { 5, 10 }, new[] { 5 }, typeof(SparseCategoricalAccuracyMetric))]
    [InlineData(new[] { 10 }, new[] { 10 }, typeof(CategoricalAccuracyMetric))]
    [InlineData(new[] { 5, 10 }, new[] { 5, 10 }, typeof(CategoricalAccuracyMetric))]
    public void Accuracy_is_chosen_by_the_shapes(int[] predictions, int[] targets, Type expected) =>
        Assert.IsType(expected, new AccuracyMetric("accuracy").Choose(predictions, targets));

    [Fact]
    public void TopK_is_chosen_by_the_shapes()
    {
        float[] predictions = [0.1f, 0.2f, 0.3f, 0.4f];
        Assert.Equal(1, MetricRun.Of(Metric.TopK(2), predictions, [2], 4, 1).Result);
        Assert.Equal(1, MetricRun.Of(Metric.TopK(2), predictions, [0, 0, 1, 0], 4, 4).Result);
        Assert.Equal(0, MetricRun.Of(Metric.TopK(2), predictions, [1], 4, 1).Result);
        Assert.Equal(0, MetricRun.Of(Metric.TopK(2), predictions, [0, 1, 0, 0], 4, 4).Result);
    }

    [Fact]
    public void Sorted_ids_are_looked_up_in_the_first_k()
    {
        Metric metric = Metric.SparseTopKCategoricalAccuracy(2, fromSortedIds: true);
        Assert.Equal(0.5, MetricRun.Of(metric, [7, 3, 9, 7, 3, 9], [3, 9], 3, 1).Result);
    }

    [Fact]
    public void Without_weights_or_mask_rows_of_the_ignored_class_count_as_rows_of_loss_0()
    {
        Metric metric = Metric.SparseCategoricalCrossentropy(ignoreClass: 0);
        float[] predictions = [0.8f, 0.2f, 0.5f, 0.5f];
        Assert.Equal(Math.Log(2) / 2, MetricRun.Of(metric, predictions, [0, 1], 2, 1).Result, 1e-6);
        Assert.Equal(Math.Log(2), MetricRun.Of(metric, predictions, [0, 1], 2, 1, weights: [1, 1]).Result, 1e-6);
    }

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.BinaryAccuracy(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.BinaryAccuracy(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.TopK(0));
        Assert.Throws<ArgumentNullException>(() => Metric.FromLoss(null!));
    }

    private static Gen<(int Size, float[] Predictions, float[] Targets, float[]? Weights, bool[]? Mask, int Parts)> Data(bool isSparse) =>
        Gen.Select(Gen.Int, Gen.Int[1, 20], Gen.Int[1, 9], Gen.Bool, Gen.Bool, Gen.Int[1, 4]).Select((seed, batch, size, weighted, masked, parts) =>
        {
            Random random = new(seed);

            // Few different values, so that ties and equalities occur.
            float[] predictions = [.. Enumerable.Range(0, batch * size).Select(_ => random.Next(5) / 4f)];
            float[] targets = [.. Enumerable.Range(0, isSparse ? batch : batch * size).Select(_ => (float)random.Next(isSparse ? size + 1 : 2))];
            float[]? weights = weighted ? [.. Enumerable.Range(0, batch).Select(_ => (float)random.Next(4))] : null;
            bool[]? mask = masked ? [.. Enumerable.Range(0, batch).Select(_ => random.Next(3) > 0)] : null;
            return (size, predictions, targets, weights, mask, parts);
        });
}
