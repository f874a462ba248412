using CsCheck;

namespace NetGen.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Batches_hold_every_sample_once_in_order() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 5], Gen.Int[1, 60], Gen.Bool).Sample((count, size, batchSize, drop) =>
        {
            float[] x = Reading.Numbers(count * size);
            Dataset data = Dataset.FromArrays(x, [size], Reading.Numbers(count));
            var sizes = new List<int>();
            var inputs = new List<float>();
            var targets = new List<float>();
            Reading.ForEach(data, batchSize, batch =>
            {
                sizes.Add(batch.Count);
                inputs.AddRange(batch.Input(0).ToArray());
                targets.AddRange(batch.Target(0).ToArray());
            }, dropRemainder: drop);
            int expected = drop ? count / batchSize * batchSize : count;
            Assert.Equal(x[..(expected * size)], inputs);
            Assert.Equal(Reading.Numbers(expected), targets);
            Assert.Equal(Enumerable.Range(0, (expected + batchSize - 1) / batchSize).Select(i => Math.Min(batchSize, expected - (i * batchSize))), sizes);
        });

    [Fact]
    public void A_shuffled_epoch_keeps_inputs_targets_and_weights_together()
    {
        const int count = 101;
        var data = new Dataset(
            [TensorColumn.FromFloats("a", Reading.Numbers(count)), TensorColumn.FromBytes("b", [.. Enumerable.Range(0, count * 2).Select(i => (byte)i)], 2)],
            [TensorColumn.FromIntegers("c", Enumerable.Range(0, count).ToArray())],
            [.. Reading.Numbers(count).Select(value => value / 2)]);
        var seen = new List<float>();
        Reading.ForEach(data, 8, batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                float a = batch.Input(0)[i];
                seen.Add(a);
                Assert.Equal(((byte)(2 * a), (byte)((2 * a) + 1)), (batch.Input(1)[2 * i], batch.Input(1)[(2 * i) + 1]));
                Assert.Equal((a, a / 2), (batch.Target(0)[i], batch.SampleWeights[i]));
            }
        }, seed: 5);
        Assert.NotEqual(Reading.Numbers(count), seen);
        Assert.Equal(Reading.Numbers(count), seen.Order());
    }

    [Fact]
    public void Reading_allocates_nothing_per_batch()
    {
        Dataset data = new Dataset(
            [TensorColumn.FromFloats("a", new float[5000], 5), TensorColumn.FromBytes("b", new byte[33_000], 33)],
            [TensorColumn.FromIntegers("c", new int[1000])],
            new float[1000]).ToCategorical(7).Map((_, source, destination) => source.CopyTo(destination), "b");
        var batch = new Batch(data, 10);
        Reading.ForEach(data, 10, _ => { });
        BatchReader? reader = null;
        int batches = 0;
        long bytes = Allocations.Of(
            () =>
            {
                reader?.Dispose();
                reader = data.CreateReader(10, shuffleSeed: 1);
                Assert.True(reader.TryRead(batch));
                batches = 1;
            },
            () =>
            {
                while (reader!.TryRead(batch)) batches++;
            });
        reader!.Dispose();
        Assert.Equal(0, bytes);
        Assert.Equal(100, batches);
    }

    [Fact]
    public void Arrays_tables_rows_and_spans_make_the_same_data_set()
    {
        float[] flat = [1, 2, 3, 4, 5, 6];
        Dataset[] sets =
        [
            Dataset.FromArrays(flat, [2], [7, 8, 9]), Dataset.FromArrays(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, [7f, 8, 9]),
            Dataset.FromArrays([[1, 2], [3, 4], [5f, 6]], [7f, 8, 9]), Dataset.FromSpans(flat.AsSpan(), [2], [7f, 8, 9]),
            Dataset.FromArrays(flat, [2], [7, 8, 9], sampleWeights: null), Dataset.FromArrays(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, new[] { 7, 8, 9 }),
            Dataset.FromArrays([[1, 2], [3, 4], [5f, 6]], new[] { 7, 8, 9 }), Dataset.FromSpans(flat.AsSpan(), [2], (ReadOnlySpan<int>)[7, 8, 9]),
        ];
        foreach (Dataset data in sets)
        {
            Assert.Equal(flat, Reading.Inputs(data, 2));
            Assert.Equal([2], data.Inputs[0].Shape);
            Assert.Equal([1], data.Targets[0].Shape);
            var target = new float[1];
            data.ReadTarget(2, target);
            Assert.Equal(9, target[0]);
        }
    }

    [Fact]
    public void A_target_may_have_a_shape() =>
        Assert.Equal([2, 3], Dataset.FromArrays(new float[4], [2], new float[12], [2, 3]).Targets[0].Shape);

    [Fact]
    public void A_data_set_to_predict_needs_no_target() => Assert.Empty(new Dataset([TensorColumn.FromFloats("x", [1])], []).Targets);

    [Fact]
    public void Bad_data_sets_are_refused_with_what_was_found()
    {
        AssertRefused(() => Dataset.FromArrays([], [2], new float[0]), "'input' has no samples");
        AssertRefused(() => Dataset.FromArrays(new float[5], [2], new float[2]), "'input' has 5 values", "2, the size of a sample of shape (2,)");
        AssertRefused(() => Dataset.FromArrays(new float[4], [2], new float[3]), "y has 3 values", "2 samples");
        AssertRefused(() => Dataset.FromArrays(new float[4], [2], new float[0]), "y has 0 values");
        AssertRefused(() => Dataset.FromArrays(new float[4], [2], new[] { 1, 2, 3 }), "3 labels", "2 samples of x");
        AssertRefused(() => Dataset.FromArrays(new float[4], [2], new float[2], sampleWeights: new float[3]), "3 sample weights for 2 samples");
        AssertRefused(() => Dataset.FromArrays([[1, 2], [3f]], new[] { 0, 1 }), "Row 1 of 'input' has 1 values; row 0 has 2");
        AssertRefused(() => Dataset.FromArrays([[1, 2], null!], new[] { 0, 1 }), "Row 1 of 'input' has no values");
        AssertRefused(() => Dataset.FromArrays(new float[0, 3], new[] { 0, 1 }), "'input' has no samples");
        AssertRefused(() => Dataset.FromArrays(new float[4], [0], new float[2]), "no samples");
        AssertRefused(() => Dataset.FromArrays(new float[4], [-2], new float[2]), "negative dimension");
        AssertRefused(() => _ = new Dataset([], []), "at least one input");
        AssertRefused(() => _ = new Dataset([TensorColumn.FromFloats("x", [1])], [TensorColumn.FromFloats("x", [1])]), "Two columns have the name 'x'");
        AssertRefused(() => TensorColumn.FromIntegers("label", new[] { 0, 16777217 }), "Element 1 of 'label' is 16777217");
        AssertRefused(() => TensorColumn.FromIntegers("label", new[] { 0, -5000000000L }), "Element 1 of 'label' is -5000000000");
        AssertRefused(() => Reading.Counting(3).ReadInput(0, new float[2]), "The span has 2 elements; a sample of 'input' (1,) has 1");
        Assert.Throws<ArgumentOutOfRangeException>(() => Reading.Counting(3).ReadInput(3, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reading.Counting(3).CreateReader(0));
    }

    [Fact]
    public void A_batch_of_another_source_is_refused()
    {
        Dataset data = Reading.Counting(4);
        using BatchReader reader = data.CreateReader(2);
        AssertRefused(() => reader.TryRead(new Batch(data, 1)), "room for 1");
        AssertRefused(() => reader.TryRead(new Batch(Dataset.FromArrays(new float[4], [2], new float[2]), 2)), "'input'");
        AssertRefused(() => reader.TryRead(new Batch(new Dataset([TensorColumn.FromFloats("x", [1])], []), 2)), "another source");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Validate_names_column_sample_element_and_value(float value, string text)
    {
        Dataset data = Dataset.FromArrays([1, 2, 3, 4, 5, value], [2], new float[] { 1, 2, 3 });
        Assert.Contains($"'input' holds {text} in sample 2, element 1", Assert.Throws<InvalidDataException>(() => data.Validate()).Message);
        Assert.Contains($"'input' holds {text} in sample 2", Assert.Throws<InvalidDataException>(() => data.Shuffle(3).Validate()).Message);
        data.Take(2).Validate();
        data = Dataset.FromArrays([1, 2], [1], [1, value]);
        Assert.Contains($"'target' holds {text} in sample 1", Assert.Throws<InvalidDataException>(() => data.Validate()).Message);
        float[] weights = [1, 2];
        data = Dataset.FromArrays([1, 2], [1], new[] { 1, 2 }, weights);
        weights[1] = value;
        Assert.Contains($"'sample weights' holds {text} in sample 1", Assert.Throws<InvalidDataException>(() => data.Validate()).Message);
    }

    private static void AssertRefused(Action action, params string[] parts)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        foreach (string part in parts) Assert.Contains(part, message);
    }
}
