namespace NetGen.Tests;

/// <summary>The losses over more than a row: values against a second formulation, gradients against central differences of it.</summary>
public sealed class BatchLossTests
{
    public static TheoryData<int, LossReduction> Losses => new MatrixTheoryData<int, LossReduction>(
        Enumerable.Range(0, BatchLossOracle.All.Count), Enum.GetValues<LossReduction>());

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_rows_and_gradient(int index, LossReduction reduction)
    {
        BatchLossOracle oracle = BatchLossOracle.All[index];
        Loss loss = oracle.Create(reduction);
        for (int seed = 0; seed < 4; seed++)
        {
            BatchLossCase batch = Draw(oracle, seed);
            float[] gradient = [.. Enumerable.Repeat(float.NaN, batch.Predictions.Length)];
            double[] predictions = [.. batch.Predictions.Select(p => (double)p)];
            double expected = Reduce(oracle, batch, predictions, reduction);
            double value = loss.Evaluate(batch.Input(batch.Predictions), gradient);
            Assert.Equal(expected, value, 2e-6 * Math.Max(1, Math.Abs(expected)));
            Assert.Equal(value, loss.Evaluate(batch.Input(batch.Predictions)));

            double?[] losses = oracle.Losses(batch, predictions);
            float[] rows = new float[losses.Length];
            loss.EvaluateRows(batch.Input(batch.Predictions), rows);
            for (int i = 0; i < rows.Length; i++)
                Assert.Equal(Weights(batch, losses.Length, i, IsShared(oracle)).Sum() * (losses[i] ?? 0), rows[i], 2e-6 * Math.Max(1, Math.Abs(rows[i])));
            for (int i = 0; i < gradient.Length; i++)
            {
                double at = predictions[i];
                predictions[i] = at + 1e-5;
                double above = Reduce(oracle, batch, predictions, reduction);
                predictions[i] = at - 1e-5;
                double derivative = (above - Reduce(oracle, batch, predictions, reduction)) / 2e-5;
                predictions[i] = at;
                Assert.Equal(derivative, gradient[i], 1e-5 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Nothing_is_allocated(int index, LossReduction reduction)
    {
        BatchLossCase batch = Draw(BatchLossOracle.All[index], 3);
        Loss loss = BatchLossOracle.All[index].Create(reduction);
        float[] gradient = new float[batch.Predictions.Length];
        Assert.Equal(0, Allocations.Of(() => _ = loss.Evaluate(batch.Input(batch.Predictions), gradient)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    public void Nothing_is_allocated_along_another_axis(int axis)
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => 0.1f + (i % 7))];
        float[] gradient = new float[24];
        int[] shape = [3, 4];
        Loss loss = Loss.CosineSimilarity(axis);
        Assert.Equal(0, Allocations.Of(() => _ = loss.Evaluate(new LossInput(values, shape, values, shape, 2), gradient)));
        float[] labels = [.. Enumerable.Range(0, 8).Select(i => i % 3f)], weights = [.. Enumerable.Range(0, 8).Select(i => i / 8f)];
        int[] rows = [4];
        bool[] mask = [.. labels.Select(label => label > 0)];
        foreach (Loss sparse in new[] { Loss.SparseCategoricalCrossentropy(axis: axis), Loss.SparseCategoricalCrossentropy(ignoreClass: 2, axis: axis) })
        {
            Assert.Equal(0, Allocations.Of(() => _ = sparse.Evaluate(new LossInput(values, shape, labels, rows, 2), gradient)));
            Assert.Equal(0, Allocations.Of(() => _ = sparse.Evaluate(new LossInput(values, shape, labels, rows, 2) { SampleWeights = weights, Mask = mask }, gradient)));
        }
    }

    /// <summary>The last axis by its positive number is the last one: the loss fuses with a softmax there.</summary>
    [Fact]
    public void The_last_axis_by_its_number_fuses()
    {
        Loss loss = Loss.CategoricalCrossentropy(axis: 2);
        Assert.True(new OutputHead(new OutputInfo("y", [3, 4], FinalActivation.Softmax), loss, 1, [], []).IsFused);
        Assert.False(new OutputHead(new OutputInfo("y", [3, 4, 5], FinalActivation.Softmax), loss, 1, [], []).IsFused);
    }

    [Fact]
    public void Hinges_take_0_and_1_for_signs_where_the_whole_batch_has_no_other_targets()
    {
        float[] predictions = [0.4f, -0.2f, 0.3f, 2];
        float[] gradient = new float[4];
        LossInput input = new(predictions, [2], new float[] { 1, 0, 0, 1 }, [2], 2);
        Assert.Equal((0.6 + 0.8 + 1.3 + 0) / 4, Loss.Hinge().Evaluate(input, gradient), 1e-6);
        Assert.Equal([-0.25f, 0.25f, 0.25f, 0], gradient);
        Assert.Equal(((0.6 * 0.6) + (0.8 * 0.8) + (1.3 * 1.3)) / 4, Loss.SquaredHinge().Evaluate(input, gradient), 1e-6);

        // One -1 in another row, and a target of 0 is 0.
        LossInput mixed = new(predictions, [2], new float[] { 1, 0, -1, 1 }, [2], 2);
        Assert.Equal((0.6 + 1 + 1.3 + 0) / 4, Loss.Hinge().Evaluate(mixed), 1e-6);
        Assert.Equal(Loss.Hinge().Evaluate(input), Loss.Hinge().Evaluate(input with { SampleWeights = new float[] { 1, 1 } }), 1e-9);
    }

    [Fact]
    public void A_target_of_0_counts_as_1e_7_where_errors_are_divided_by_it()
    {
        float[] gradient = new float[2];
        LossInput input = new(new float[] { 1e-7f, 3 }, [2], new float[] { 0, -2 }, [2], 1);
        Assert.Equal((100 + 250) / 2.0, Loss.MeanAbsolutePercentageError().Evaluate(input, gradient), 1e-4);
        Assert.Equal([5e8f, 25], gradient);
    }

    [Fact]
    public void Extreme_logits_and_probabilities_give_finite_focal_losses()
    {
        foreach (float gamma in new[] { 0f, 0.5f, 1, 2 })
        {
            float[] gradient = new float[4];
            LossInput hits = new(new float[] { 1, 0, 0, 1 }, [2], new float[] { 1, 0, 0, 1 }, [2], 2);
            Assert.Equal(0, Loss.BinaryFocalCrossentropy(gamma: gamma).Evaluate(hits, gradient), 1e-6);
            Assert.Equal(0, Loss.CategoricalFocalCrossentropy(gamma: gamma).Evaluate(hits, gradient), 1e-6);
            Assert.All(gradient, g => Assert.True(float.IsFinite(g)));
            LossInput logits = new(new float[] { 500, -500, -500, 500 }, [2], new float[] { 0, 1, 1, 0 }, [2], 2);
            Assert.Equal(500, Loss.BinaryFocalCrossentropy(gamma: gamma, fromLogits: true).Evaluate(logits, gradient), 1e-3);
            Assert.Equal([0.25f, -0.25f, -0.25f, 0.25f], gradient);
            Assert.Equal(1000, Loss.CategoricalFocalCrossentropy(1, gamma, fromLogits: true).Evaluate(logits, gradient), 1e-3);
            Assert.All(gradient, g => Assert.True(float.IsFinite(g)));
        }
    }

    [Fact]
    public void Factors_of_classes_weigh_their_terms()
    {
        LossInput input = new(new float[] { 0.2f, 0.3f, 0.5f }, [3], new float[] { 0, 1, 0 }, [3], 1);
        Assert.Equal(-0.7 * 0.49 * Math.Log(0.3), Loss.CategoricalFocalCrossentropy([0.1, 0.7, 0.2]).Evaluate(input), 1e-6);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Loss.CategoricalFocalCrossentropy([0.1, 0.9]).Evaluate(new LossInput(new float[3], [3], new float[3], [3], 1)));
        Assert.Contains("has 2 factors alpha; the predictions have 3 classes", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Loss.CategoricalFocalCrossentropy([]));
        Assert.Throws<ArgumentNullException>(() => Loss.CategoricalFocalCrossentropy(null!));
    }

    [Theory]
    [InlineData(new float[] { 1, 1, 2, 0 }, "sample 0 has 3 labels, which need 4 steps with a blank between equal ones; it has 3")]
    [InlineData(new float[] { 1, 3, 0, 0 }, "has the label 3; expected a whole number from 1 to 2")]
    [InlineData(new float[] { 1, -1, 0, 0 }, "has the label -1")]
    [InlineData(new float[] { 1.5f, 0, 0, 0 }, "has the label 1.5")]
    public void Labels_that_no_alignment_writes_are_told(float[] labels, string expected)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Loss.CTC().Evaluate(new LossInput(new float[9], [3, 3], labels, [4], 1)));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_CTC_is_not_for_are_told()
    {
        Assert.Contains("(time, classes)", Assert.Throws<ArgumentException>(() => Loss.CTC().Evaluate(new LossInput(new float[9], [9], new float[2], [2], 1))).Message, StringComparison.Ordinal);
        Assert.Contains("(labels)", Assert.Throws<ArgumentException>(() => Loss.CTC().Evaluate(new LossInput(new float[9], [3, 3], new float[2], [1, 2], 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_sequences_do_not_underflow()
    {
        // Of equal logits every alignment has the probability classes^-time, so that the loss is their logarithm less that of their number: C(time + labels, 2 labels)
        // ways of placing labels that differ from their neighbours.
        const int time = 1000, classes = 50, labels = 100;
        float[] targets = [.. Enumerable.Range(0, labels).Select(i => 1f + (i % 2))];
        float[] gradient = new float[time * classes];
        double value = Loss.CTC().Evaluate(new LossInput(new float[time * classes], [time, classes], targets, [labels], 1), gradient);
        double ways = Enumerable.Range(1, 2 * labels).Sum(i => Math.Log((double)(time + labels - (2 * labels) + i) / i));
        Assert.Equal((time * Math.Log(classes)) - ways, value, 1e-6 * value);
        for (int step = 0; step < time; step++) Assert.Equal(0, gradient[(step * classes)..((step + 1) * classes)].Sum(), 1e-5);
    }

    [Fact]
    public void Arguments_out_of_range_are_named()
    {
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryFocalCrossentropy(gamma: -1)).ParamName);
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CategoricalFocalCrossentropy(gamma: double.NaN)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryFocalCrossentropy(alpha: 1.5)).ParamName);
        Assert.Equal("labelSmoothing", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.BinaryFocalCrossentropy(labelSmoothing: 2)).ParamName);
        Assert.Equal("q", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CategoricalGeneralizedCrossEntropy(1)).ParamName);
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Circle(0)).ParamName);
        Assert.Equal("margin", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Circle(margin: double.NaN)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Tversky(-1)).ParamName);
        Assert.Equal("beta", Assert.Throws<ArgumentOutOfRangeException>(() => Loss.Tversky(beta: -1)).ParamName);
        Assert.Equal("axis", Assert.Throws<ArgumentException>(() => Loss.Dice(axis: [])).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CosineSimilarity(0));
        Assert.Contains("axis 3", Assert.Throws<ArgumentException>(() => Loss.Dice(axis: [3]).Evaluate(new LossInput(new float[4], [2], new float[4], [2], 2))).Message, StringComparison.Ordinal);
        Assert.Contains("there are 3", Assert.Throws<ArgumentException>(
            () => Loss.Dice().Evaluate(new LossInput(new float[4], [2], new float[4], [2], 2) { SampleWeights = new float[3] })).Message, StringComparison.Ordinal);
    }

    /// <summary>With and without weights and mask, by the seed.</summary>
    private static BatchLossCase Draw(BatchLossOracle oracle, int seed)
    {
        Random random = new(seed);
        BatchLossCase batch = oracle.Draw(random);
        if ((seed & 1) == 1) batch = batch with { Weights = [.. Enumerable.Range(0, batch.Batch).Select(i => i == 1 ? 0 : 2 * random.NextSingle())] };
        if ((seed & 2) == 0) return batch;

        // CTC needs steps enough for its labels; a sample that has none at all does not count.
        bool isSequence = oracle.Name == "CTC";
        return batch with
        {
            Mask = [.. Enumerable.Range(0, batch.Rows).Select(row => isSequence ? row / batch.Shape[0] != 1 && row != 9 : random.Next(4) > 0)],
        };
    }

    private static bool IsShared(BatchLossOracle oracle) => oracle.Name is "Dice" or "Tversky" or "Dice of classes";

    /// <summary>The weights that a loss counts with: that of its sample, or of every sample.</summary>
    private static float[] Weights(BatchLossCase batch, int count, int index, bool isShared) =>
        batch.Weights.Length == 0 ? [1] : isShared ? batch.Weights : [batch.Weights[index / (count / batch.Batch)]];

    private static double Reduce(BatchLossOracle oracle, BatchLossCase batch, double[] predictions, LossReduction reduction)
    {
        double sum = 0, count = 0, weights = 0;
        double?[] losses = oracle.Losses(batch, predictions);
        for (int i = 0; i < losses.Length; i++)
        {
            if (losses[i] is not { } loss) continue;
            foreach (float weight in Weights(batch, losses.Length, i, IsShared(oracle)))
            {
                sum += weight * loss;
                weights += weight;
                count++;
            }
        }

        double divisor = reduction switch
        {
            LossReduction.Sum or LossReduction.None => 1,
            LossReduction.MeanWithSampleWeight => weights,
            _ => count,
        };
        return divisor == 0 ? 0 : sum / divisor;
    }
}
