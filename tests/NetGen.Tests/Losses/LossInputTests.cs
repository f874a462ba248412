namespace NetGen.Tests;

public sealed class LossInputTests
{
    [Fact]
    public void A_span_of_the_wrong_length_is_named_with_both_lengths()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => { _ = new LossInput(new float[6], [2], new float[5], [2], 3); });
        Assert.Contains("targets has 5 values; a batch of 3 samples of shape (2) needs 6", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _ = new LossInput(new float[5], [2], new float[6], [2], 3); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new LossInput(new float[0], [2], new float[0], [2], 0); });
    }

    [Fact]
    public void Targets_of_another_shape_are_rejected()
    {
        ArgumentException dense = Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError().Evaluate(new LossInput(new float[6], [3], new float[2], [1], 2)));
        Assert.Contains("(3) per sample; the targets are (1)", dense.Message, StringComparison.Ordinal);
        ArgumentException sparse = Assert.Throws<ArgumentException>(
            () => Loss.SparseCategoricalCrossentropy().Evaluate(new LossInput(new float[6], [3], new float[6], [3], 2)));
        Assert.Contains("one class index per row", sparse.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 2 }, new[] { 1f, 3 }, new[] { 1f, 1, 1, 3, 3, 3 })]
    [InlineData(new[] { 2, 1 }, new[] { 1f, 3 }, new[] { 1f, 1, 1, 3, 3, 3 })]
    [InlineData(new[] { 1, 3 }, new[] { 1f, 3, 5 }, new[] { 1f, 3, 5, 1, 3, 5 })]
    [InlineData(new[] { 2, 3 }, new[] { 1f, 2, 3, 4, 5, 6 }, new[] { 1f, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 2, 3, 1 }, new[] { 1f, 2, 3, 4, 5, 6 }, new[] { 1f, 2, 3, 4, 5, 6 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 7f }, new[] { 7f, 7, 7, 7, 7, 7 })]
    [InlineData(new int[0], new[] { 1f, 3 }, new[] { 1f, 1, 1, 3, 3, 3 })]
    [InlineData(new int[0], new[] { 7f }, new[] { 7f, 7, 7, 7, 7, 7 })]
    public void Weights_are_broadcast_over_rows(int[] shape, float[] weights, float[] expected)
    {
        float[] rows = new float[6];
        LossInput input = new(Enumerable.Repeat(1f, 24).ToArray(), [3, 4], new float[24], [3, 4], 2) { SampleWeights = weights, SampleWeightShape = shape };
        Loss.MeanSquaredError().EvaluateRows(input, rows);
        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData(new[] { 3 }, 3)]
    [InlineData(new[] { 2, 4 }, 8)]
    [InlineData(new[] { 2 }, 3)]
    [InlineData(new int[0], 5)]
    public void Weights_that_do_not_fit_are_rejected(int[] shape, int count)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError().Evaluate(
            new LossInput(new float[24], [3, 4], new float[24], [3, 4], 2) { SampleWeights = new float[count], SampleWeightShape = shape }));
        Assert.Contains($"{count} sample weights", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_or_gradient_of_the_wrong_length_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError().Evaluate(new LossInput(new float[6], [3], new float[6], [3], 2) { Mask = new bool[6] }));
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError().Evaluate(new LossInput(new float[6], [3], new float[6], [3], 2), new float[5]));
        Assert.Throws<ArgumentException>(() => Loss.MeanSquaredError().EvaluateRows(new LossInput(new float[6], [3], new float[6], [3], 2), new float[6]));
    }

    [Fact]
    public void Arguments_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Huber(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryCrossentropy(labelSmoothing: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CategoricalCrossentropy(labelSmoothing: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CategoricalCrossentropy(axis: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.MeanSquaredError((LossReduction)9));
    }
}
