using CsCheck;

namespace NetGen.Tests;

public sealed class LossPropertyTests
{
    public static TheoryData<int> Losses => [.. Enumerable.Range(0, LossOracle.All.Count)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Weights_of_one_are_no_weights(int index) => RandomBatch.Of(LossOracle.All[index]).Sample(
        batch =>
        {
            Loss loss = batch.Oracle.Create(batch.Reduction);
            float[] plain = new float[batch.Predictions.Length];
            float[] weighted = new float[batch.Predictions.Length];
            double expected = loss.Evaluate(batch.Input(batch.Predictions) with { SampleWeights = [], Mask = [] }, plain);
            float[] ones = [.. Enumerable.Repeat(1f, batch.Rows)];
            bool[] all = [.. Enumerable.Repeat(true, batch.Rows)];
            Assert.Equal(expected, loss.Evaluate(batch.Input(batch.Predictions) with { SampleWeights = ones, Mask = all }, weighted), 1e-6 * Math.Max(1, expected));
            AssertClose(plain, weighted);
        },
        iter: 30);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Doubled_weights_double_all_but_the_weighted_mean(int index) => RandomBatch.Of(LossOracle.All[index]).Where(batch => batch.Weights.Length > 0).Sample(
        batch =>
        {
            Loss loss = batch.Oracle.Create(batch.Reduction);
            double factor = batch.Reduction == LossReduction.MeanWithSampleWeight ? 1 : 2;
            float[] single = new float[batch.Predictions.Length];
            float[] doubled = new float[batch.Predictions.Length];
            double expected = factor * loss.Evaluate(batch.Input(batch.Predictions), single);
            float[] weights = [.. batch.Weights.Select(weight => 2 * weight)];
            Assert.Equal(expected, loss.Evaluate(batch.Input(batch.Predictions) with { SampleWeights = weights }, doubled), 1e-12 * Math.Max(1, Math.Abs(expected)));
            AssertClose([.. single.Select(g => (float)(factor * g))], doubled);
        },
        iter: 30);

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_order_of_rows_does_not_matter(int index) => RandomBatch.Of(LossOracle.All[index]).Where(batch => batch.Time == 1).Sample(
        batch =>
        {
            Loss loss = batch.Oracle.Create(batch.Reduction);
            float[] forward = new float[batch.Predictions.Length];
            float[] backward = new float[batch.Predictions.Length];
            double expected = loss.Evaluate(batch.Input(batch.Predictions), forward);
            LossInput reversed = new(Reverse(batch.Predictions, batch.Size), batch.PredictionShape, Reverse(batch.Targets, batch.Targets.Length / batch.Rows), batch.TargetShape, batch.Batch)
            {
                SampleWeights = Reverse(batch.Weights, 1),
                Mask = batch.Mask.Reverse().ToArray(),
            };
            Assert.Equal(expected, loss.Evaluate(reversed, backward), 1e-6 * Math.Max(1, Math.Abs(expected)));
            AssertClose(forward, Reverse(backward, batch.Size));
        },
        iter: 30);

    [Theory]
    [MemberData(nameof(Losses))]
    public void NaN_in_a_row_that_counts_makes_the_loss_NaN_and_in_another_does_nothing(int index) => RandomBatch.Of(LossOracle.All[index]).Sample(
        batch =>
        {
            Loss loss = batch.Oracle.Create(batch.Reduction);
            for (int row = 0; row < batch.Rows; row++)
            {
                float[] predictions = [.. batch.Predictions];
                float[] gradient = new float[predictions.Length];
                predictions[(row * batch.Size) + (batch.Size / 2)] = float.NaN;
                double value = loss.Evaluate(batch.Input(predictions), gradient);
                if (batch.WeightOf(row) == 0)
                    Assert.Equal(loss.Evaluate(batch.Input(batch.Predictions)), value);
                else
                    Assert.True(double.IsNaN(value) && gradient.Any(float.IsNaN), $"{value} in row {row} of {batch}");
            }
        },
        iter: 15);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Nothing_is_allocated(int index)
    {
        LossOracle oracle = LossOracle.All[index];
        RandomBatch batch = RandomBatch.Of(oracle).Where(b => b.Weights.Length > 0 && b.Mask.Length > 0 && b.Rows > 3).Single();
        Loss loss = oracle.Create(batch.Reduction);
        float[] gradient = new float[batch.Predictions.Length];
        int[] shape = batch.PredictionShape;
        int[] targetShape = batch.TargetShape;
        FinalActivation activation = loss.Fuses(FinalActivation.Softmax) ? FinalActivation.Softmax : FinalActivation.Sigmoid;
        bool isFused = loss.Fuses(activation);

        void Run()
        {
            LossInput input = new(batch.Predictions, shape, batch.Targets, targetShape, batch.Batch);
            _ = loss.Evaluate(input, gradient);
            _ = loss.Evaluate(input with { SampleWeights = batch.Weights, Mask = batch.Mask }, gradient);
            if (isFused)
                _ = loss.EvaluateFromLogits(input, batch.Predictions, activation, gradient);
        }

        Assert.Equal(0, Allocations.Of(Run));
    }

    private static float[] Reverse(float[] values, int size) => [.. values.Chunk(Math.Max(size, 1)).Reverse().SelectMany(row => row)];

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f * Math.Max(1, Math.Abs(expected[i])));
    }
}
