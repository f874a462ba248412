using CsCheck;

namespace NetGen.Tests;

public sealed class CrossentropyTests
{
    [Theory]
    [InlineData(3f)]
    [InlineData(-1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    [InlineData(1e20f)]
    public void A_label_out_of_range_is_named_with_its_row_and_the_classes(float label)
    {
        float[] predictions = [0.2f, 0.3f, 0.5f, 0.1f, 0.8f, 0.1f];
        ArgumentException plain = Assert.Throws<ArgumentException>(
            () => Loss.SparseCategoricalCrossentropy().Evaluate(new LossInput(predictions, [3], new[] { 0, label }, [], 2)));
        ArgumentException fused = Assert.Throws<ArgumentException>(() => Loss.SparseCategoricalCrossentropy().EvaluateFromLogits(
            new LossInput(predictions, [3], new[] { 0, label }, [], 2), predictions, FinalActivation.Softmax));
        string expected = FormattableString.Invariant($"the target of row 1 is {label}; expected a whole number from 0 to 2");
        Assert.Contains(expected, plain.Message, StringComparison.Ordinal);
        Assert.Contains("3 classes", fused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_a_row_that_does_not_count_may_be_anything()
    {
        LossInput input = new(new[] { 0.2f, 0.8f, 0.5f, 0.5f }, [2], [1, -7], [], 2) { Mask = [true, false] };
        Assert.Equal(-Math.Log(0.8), Loss.SparseCategoricalCrossentropy().Evaluate(input), 1e-6);
    }

    [Fact]
    public void Rows_of_the_ignored_class_count_neither_in_the_sum_nor_in_the_number()
    {
        float[] predictions = [0.2f, 0.8f, 0.5f, 0.5f, 0.4f, 0.6f];
        float[] gradient = new float[6];
        Loss loss = Loss.SparseCategoricalCrossentropy(ignoreClass: -1);
        LossInput input = new(predictions, [2], [1, -1, 0], [], 3);
        Assert.Equal((-Math.Log(0.8) - Math.Log(0.4)) / 2, loss.Evaluate(input, gradient), 1e-6);
        Assert.Equal([0f, 0f], gradient[2..4]);
        Assert.Equal(-Math.Log(0.8), loss.Evaluate(input with { Mask = [true, true, false] }), 1e-6);
        Assert.Equal(0, loss.Evaluate(input with { Mask = [false, true, false] }));
    }

    [Fact]
    public void Probabilities_are_clipped_and_have_no_gradient_there()
    {
        float[] gradient = new float[3];
        double value = Loss.BinaryCrossentropy().Evaluate(new LossInput(new[] { 0f, 1, 0.5f }, [1], [1, 0, 0], [1], 3), gradient);
        double expected = (-Math.Log(1e-7f) - Math.Log(1 - (double)(1 - 1e-7f)) - Math.Log(0.5)) / 3;
        Assert.Equal(expected, value, 1e-5);
        Assert.Equal([0f, 0f], gradient[..2]);
        Assert.Equal(2f / 3, gradient[2], 1e-6f);

        value = Loss.SparseCategoricalCrossentropy().Evaluate(new LossInput(new[] { 0f, 1 }, [2], [0], [], 1), gradient.AsSpan(0, 2));
        Assert.Equal(-Math.Log(1e-7f), value, 1e-6);
        Assert.Equal([0f, 0f], gradient[..2]);
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_are_clipped()
    {
        float[] logits = [200, -200, 0];
        float[] predictions = [1, 0, 0];
        LossInput sparse = new(predictions, [3], [1], [], 1);
        Assert.Equal(400, Loss.SparseCategoricalCrossentropy().EvaluateFromLogits(sparse, logits, FinalActivation.Softmax), 1e-6);
        Assert.Equal(400, Loss.SparseCategoricalCrossentropy(fromLogits: true).Evaluate(new LossInput(logits, [3], [1], [], 1)), 1e-6);
        LossInput dense = new(predictions, [3], [0, 1, 0], [3], 1);
        Assert.Equal(400, Loss.CategoricalCrossentropy().EvaluateFromLogits(dense, logits, FinalActivation.Softmax), 1e-6);
        Assert.Equal(200 / 3.0, Loss.BinaryCrossentropy().EvaluateFromLogits(new LossInput(new[] { 1, 0, 0.5f }, [3], [0, 0, 1], [3], 1), logits, FinalActivation.Sigmoid), 0.3);
    }

    [Fact]
    public void NaN_reaches_the_fused_value_and_gradient()
    {
        float[] nan = [float.NaN, float.NaN, float.NaN];
        float[] gradient = new float[3];
        Assert.True(double.IsNaN(
            Loss.SparseCategoricalCrossentropy().EvaluateFromLogits(new LossInput(nan, [3], [1], [], 1), [1, float.NaN, 0], FinalActivation.Softmax, gradient)));
        Assert.All(gradient, g => Assert.True(float.IsNaN(g)));
        Assert.True(double.IsNaN(
            Loss.CategoricalCrossentropy().EvaluateFromLogits(new LossInput(nan, [3], [0, 0, 0], [3], 1), [1, float.NaN, 0], FinalActivation.Softmax)));
        Assert.True(double.IsNaN(
            Loss.BinaryCrossentropy().EvaluateFromLogits(new LossInput(nan, [3], [0, 0, 0], [3], 1), [1, float.NaN, 0], FinalActivation.Sigmoid)));
    }

    [Fact]
    public void A_logit_of_minus_infinity_is_a_class_that_cannot_be()
    {
        float[] logits = [0, float.NegativeInfinity, 0];
        float[] predictions = [0.5f, 0, 0.5f];
        Assert.Equal(Math.Log(2), Loss.CategoricalCrossentropy().EvaluateFromLogits(new LossInput(predictions, [3], [1, 0, 0], [3], 1), logits, FinalActivation.Softmax), 1e-6);
        Assert.Equal(Math.Log(2), Loss.SparseCategoricalCrossentropy(true).Evaluate(new LossInput(logits, [3], [2], [], 1)), 1e-6);
    }

    [Fact]
    public void Class_indices_and_one_hot_targets_give_the_same()
    {
        LossOracle sparse = LossOracle.All.Single(o => o.Name == "SparseCategoricalCrossentropy");
        RandomBatch.Of(sparse).Sample(
            batch =>
            {
                float[] oneHot = [.. batch.OneHot.SelectMany(row => row).Select(t => (float)t)];
                float[] a = new float[batch.Predictions.Length];
                float[] b = new float[batch.Predictions.Length];
                LossInput dense = new(batch.Predictions, batch.PredictionShape, oneHot, batch.PredictionShape, batch.Batch) { SampleWeights = batch.Weights, Mask = batch.Mask };
                double expected = Loss.CategoricalCrossentropy(reduction: batch.Reduction).Evaluate(dense, a);
                Assert.Equal(expected, batch.Oracle.Create(batch.Reduction).Evaluate(batch.Input(batch.Predictions), b), 1e-9 * Math.Max(1, Math.Abs(expected)));
                for (int i = 0; i < a.Length; i++)
                    Assert.Equal(a[i], b[i], 1e-6f * Math.Max(1, Math.Abs(a[i])));
            },
            iter: 30);
    }

    [Fact]
    public void Another_axis_is_the_last_axis_of_the_transposed_batch() => Gen.Select(Gen.Int, Gen.Int[1, 3], Gen.Int[1, 9], Gen.Int[1, 9]).Sample(
        (seed, batch, size, inner) =>
        {
            Random random = new(seed);
            int length = batch * size * inner;
            float[] Draw() => [.. Enumerable.Range(0, length).Select(_ => 0.05f + random.NextSingle())];
            float[] Transpose(float[] x) => [.. Enumerable.Range(0, length).Select(i => x[(i / (size * inner) * size * inner) + (i % size * inner) + (i / size % inner)])];
            (float[] p, float[] t) = (Draw(), Draw());
            float[] weights = [.. Draw()[..batch]];
            float[] gradient = new float[length];
            float[] expected = new float[length];
            LossInput input = new(p, [size, inner], t, [size, inner], batch) { SampleWeights = weights };
            LossInput moved = new(Transpose(p), [inner, size], Transpose(t), [inner, size], batch) { SampleWeights = weights };
            foreach (int axis in new[] { 1, -2 })
            {
                Loss loss = Loss.CategoricalCrossentropy(axis: axis);
                Assert.Equal(Loss.CategoricalCrossentropy().Evaluate(moved, expected), loss.Evaluate(input, gradient));
                Assert.Equal(expected, Transpose(gradient));
                Loss logits = Loss.CategoricalCrossentropy(fromLogits: true, axis: axis);
                Assert.Equal(Loss.CategoricalCrossentropy(fromLogits: true).Evaluate(moved, expected), logits.Evaluate(input, gradient));
                Assert.Equal(expected, Transpose(gradient));
                MetricState metric = Metric.FromLoss(loss).CreateState([size, inner], [size, inner]);
                MetricState reference = Metric.CategoricalCrossentropy().CreateState([inner, size], [inner, size]);
                metric.Update(input);
                reference.Update(moved);
                Assert.Equal(reference.Result, metric.Result, 1e-9);
            }

            Assert.Equal(Loss.BinaryCrossentropy().Evaluate(input), Loss.BinaryCrossentropy(axis: 2).Evaluate(input));
            Assert.Throws<ArgumentException>(() => Loss.BinaryCrossentropy(axis: 3).Evaluate(new LossInput(p, [size, inner], t, [size, inner], batch)));
        },
        iter: 30);

    /// <summary>Against the last axis of the transposed predictions, and against one-hot targets along the axis.</summary>
    [Fact]
    public void Class_indices_along_another_axis_are_those_of_the_transposed_batch() => Gen.Select(
        Gen.Int, Gen.Int[1, 3], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int[1, 5], Gen.Bool, Gen.Int[0, 2], Gen.Bool).Sample(
        (seed, batch, classes, height, width, fromLogits, weighting, masked) =>
        {
            Random random = new(seed);
            (int inner, int rows) = (height * width, batch * height * width);
            int length = rows * classes;
            float[] p = [.. Enumerable.Range(0, length).Select(_ => 0.05f + random.NextSingle())];
            float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(classes))];
            float[] weights = [.. Enumerable.Range(0, weighting switch { 0 => 0, 1 => batch, _ => rows }).Select(_ => random.NextSingle())];
            bool[] mask = masked ? [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) > 0)] : [];
            int Place(int row, int k) => (((row / inner * classes) + k) * inner) + (row % inner);
            float[] Transpose(float[] x) => [.. Enumerable.Range(0, length).Select(i => x[Place(i / classes, i % classes)])];
            float[] oneHot = new float[length];
            for (int row = 0; row < rows; row++) oneHot[Place(row, (int)labels[row])] = 1;
            int[] shape = [classes, height, width];
            LossInput input = new(p, shape, labels, [height, width], batch) { SampleWeights = weights, Mask = mask };
            LossInput dense = new(p, shape, oneHot, shape, batch) { SampleWeights = weights, Mask = mask };
            LossInput moved = new(Transpose(p), [height, width, classes], labels, [height, width], batch) { SampleWeights = weights, Mask = mask };
            float[] gradient = new float[length], expected = new float[length];
            float[] each = new float[rows], expectedEach = new float[rows];
            foreach (int axis in new[] { 1, -3 })
            {
                foreach (int? ignored in new int?[] { null, 0, -1 })
                {
                    Loss loss = Loss.SparseCategoricalCrossentropy(fromLogits, ignored, axis: axis), last = Loss.SparseCategoricalCrossentropy(fromLogits, ignored);
                    Assert.Equal(last.Evaluate(moved, expected), loss.Evaluate(input, gradient));
                    Assert.Equal(expected, Transpose(gradient));
                    last.EvaluateRows(moved, expectedEach);
                    loss.EvaluateRows(input, each);
                    Assert.Equal(expectedEach, each);
                    MetricState metric = Metric.SparseCategoricalCrossentropy(fromLogits, ignored, axis).CreateState(shape, [height, width]);
                    MetricState reference = Metric.SparseCategoricalCrossentropy(fromLogits, ignored).CreateState([height, width, classes], [height, width]);
                    metric.Update(input);
                    reference.Update(moved);
                    Assert.Equal(reference.Result, metric.Result);
                }

                double ofOneHot = Loss.CategoricalCrossentropy(fromLogits, axis: axis).Evaluate(dense, expected);
                Assert.Equal(ofOneHot, Loss.SparseCategoricalCrossentropy(fromLogits, axis: axis).Evaluate(input, gradient), 1e-6 * Math.Max(1, ofOneHot));
                for (int i = 0; i < length; i++) Assert.Equal(expected[i], gradient[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
            }

            Assert.Equal(Loss.SparseCategoricalCrossentropy(fromLogits).Evaluate(moved), Loss.SparseCategoricalCrossentropy(fromLogits, axis: 3).Evaluate(moved));
        },
        iter: 30);

    [Fact]
    public void An_axis_that_the_class_indices_do_not_fit_is_told()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.SparseCategoricalCrossentropy(axis: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.SparseCategoricalCrossentropy(axis: 0));
        Loss loss = Loss.SparseCategoricalCrossentropy(axis: 1);
        string Message(Loss refused, float[] labels, params int[] shape) =>
            Assert.Throws<ArgumentException>(() => refused.Evaluate(new LossInput(new float[24], [3, 4], labels, shape, 2))).Message;
        Assert.Equal(
            "sparse_categorical_crossentropy along axis 1 takes one class index per row: predictions of (3, 4) per sample have 4 rows; the targets are (3).",
            Message(loss, new float[6], 3));
        Assert.Contains("is taken along axis 3; the predictions (3, 4) with their batch have 3 axes", Message(Loss.SparseCategoricalCrossentropy(axis: 3), new float[8], 4), StringComparison.Ordinal);
        Assert.Contains("is taken along axis -3", Message(Loss.SparseCategoricalCrossentropy(axis: -3), new float[8], 4), StringComparison.Ordinal);
        Assert.Contains("the target of row 5 is 3; expected a whole number from 0 to 2", Message(loss, [0, 1, 2, 0, 1, 3, 0, 0], 4), StringComparison.Ordinal);
    }

    /// <summary>A softmax over the last axis is no softmax along the classes' axis.</summary>
    [Fact]
    public void A_loss_along_another_axis_does_not_fuse_with_a_softmax_over_the_last()
    {
        Assert.False(Loss.SparseCategoricalCrossentropy(axis: 1).Fuses(FinalActivation.Softmax));
        Assert.False(Loss.CategoricalCrossentropy(axis: 1).Fuses(FinalActivation.Softmax));
        Assert.True(Loss.SparseCategoricalCrossentropy().Fuses(FinalActivation.Softmax));
    }

    [Fact]
    public void Only_what_stands_before_the_activation_fuses()
    {
        Assert.True(Loss.BinaryCrossentropy(axis: 1).Fuses(FinalActivation.Sigmoid));
        Assert.False(Loss.BinaryCrossentropy(fromLogits: true).Fuses(FinalActivation.Sigmoid));
        Assert.False(Loss.SparseCategoricalCrossentropy().Fuses(FinalActivation.None));
        Assert.Throws<ArgumentException>(
            () => Loss.MeanSquaredError().EvaluateFromLogits(new LossInput(new float[2], [2], new float[2], [2], 1), new float[2], FinalActivation.Sigmoid));
    }
}
