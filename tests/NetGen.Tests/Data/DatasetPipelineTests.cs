using CsCheck;

namespace NetGen.Tests.Data;

public sealed class DatasetPipelineTests
{
    [Fact]
    public void Shuffling_depends_on_seed_and_epoch_alone()
    {
        Dataset data = Reading.Counting(97);
        float[] first = Reading.Inputs(data, 10, seed: 1, epoch: 0);
        Assert.Equal(first, Reading.Inputs(Reading.Counting(97), 7, seed: 1, epoch: 0));
        Assert.NotEqual(first, Reading.Inputs(data, 10, seed: 1, epoch: 1));
        Assert.NotEqual(first, Reading.Inputs(data, 10, seed: 2, epoch: 0));
        Assert.Equal(Reading.Numbers(97), Reading.Inputs(data, 10, epoch: 3));
    }

    [Fact]
    public void Every_epoch_is_a_permutation() => Gen.Select(Gen.Int[1, 200], Gen.ULong, Gen.Int[0, 1000]).Sample((count, seed, epoch) =>
        Assert.Equal(Enumerable.Range(0, count), Permutation.Create(count, seed, epoch).Order()));

    [Fact]
    public void Permutations_are_uniform()
    {
        // All 24 orders of 4 elements over 24,000 epochs: the chi-square statistic of 23 degrees of freedom exceeds 50 with probability 0.001, and
        // the draws are fixed, so that the test cannot flicker.
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < 24_000; epoch++)
        {
            string order = string.Concat(Permutation.Create(4, 42, epoch));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), 0, 50);
    }

    [Fact]
    public void The_order_of_a_seed_is_fixed_for_good()
    {
        // From a second implementation of Philox and Fisher-Yates, in Python.
        Assert.Equal([7, 2, 0, 3, 1, 4, 5, 9, 6, 8], Permutation.Create(10, 1, 0));
        Assert.Equal([0, 5, 3, 9, 8, 2, 6, 4, 1, 7], Permutation.Create(10, ulong.MaxValue, 7));
    }

    [Fact]
    public void A_split_after_a_shuffle_is_random_and_never_leaks()
    {
        (Dataset training, Dataset test) = Reading.Counting(50).Shuffle(9).Split(0.8);
        Assert.Equal((40, 10), (training.Count, test.Count));
        float[] held = Reading.Inputs(test, 10);
        Assert.NotEqual(Reading.Numbers(50)[40..], held.Order());
        for (int epoch = 0; epoch < 3; epoch++)
        {
            float[] seen = Reading.Inputs(training, 7, seed: 1, epoch);
            Assert.Equal(Reading.Numbers(50), seen.Concat(held).Order());
        }
    }

    [Fact]
    public void A_shuffled_data_set_keeps_its_order_where_no_shuffling_is_asked_for()
    {
        Dataset data = Reading.Counting(20).Shuffle(9);
        Assert.NotEqual(Reading.Numbers(20), Reading.Inputs(data, 3));
        Assert.Equal(Reading.Inputs(data, 3), Reading.Inputs(data, 3, epoch: 5));
        Assert.Equal(Reading.Inputs(data, 3, seed: 1, epoch: 1), Reading.Inputs(data, 3, seed: 2, epoch: 1));
        Assert.NotEqual(Reading.Inputs(data, 3, seed: 1, epoch: 1), Reading.Inputs(data, 3, seed: 1, epoch: 2));
    }

    [Theory]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.75, 7)]
    [InlineData(3, 1 - 0.2, 2)]
    [InlineData(10, 1 - 0.3, 7)]
    [InlineData(20640, 1 - 0.2, 16512)]
    public void Split_rounds_down_as_Keras_does(int count, double fraction, int expected)
    {
        (Dataset first, Dataset second) = Reading.Counting(count).Split(fraction);
        Assert.Equal(Reading.Numbers(count)[..expected], Reading.Inputs(first, 1000));
        Assert.Equal(Reading.Numbers(count)[expected..], Reading.Inputs(second, 1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(0.01)]
    public void A_split_with_an_empty_part_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Reading.Counting(10).Split(fraction));

    [Fact]
    public void Take_skip_and_subset_are_those_of_arrays() =>
        Gen.Select(Gen.Int[2, 40], Gen.Double[0, 1], Gen.Int[0, 1000].Array[1, 9]).Sample((count, share, picks) =>
        {
            int part = 1 + (int)(share * (count - 2));
            int[] samples = [.. picks.Select(pick => pick % part)];
            Dataset data = Reading.Counting(count);
            Assert.Equal(Reading.Numbers(count)[..part], Reading.Inputs(data.Take(part), 4));
            Assert.Equal(Reading.Numbers(count)[part..], Reading.Inputs(data.Skip(part), 4));
            Assert.Equal(samples.Select(i => (float)(i + count - part)), Reading.Inputs(data.Skip(count - part).Subset(samples), 4));
        });

    [Fact]
    public void Parts_beyond_the_data_are_refused()
    {
        Dataset data = Reading.Counting(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Skip(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Skip(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset(5));
        Assert.Throws<ArgumentException>(() => data.Subset());
    }

    [Fact]
    public void Map_gets_the_sample_wherever_it_went_and_the_epoch()
    {
        Dataset data = Reading.Counting(30)
            .Map((sample, source, destination) =>
            {
                Assert.Equal(sample.Index, (int)source[0]);
                destination[0] = source[0];
                destination[1] = sample.Epoch;
            }, shape: [2])
            .Shuffle(4).Skip(10);
        Assert.Equal([2], data.Inputs[0].Shape);
        Assert.All(Reading.Inputs(data, 7, epoch: 3).Chunk(2), pair => Assert.Equal(3, pair[1]));
        Assert.Equal(20, Reading.Inputs(data, 7).Chunk(2).Select(pair => pair[0]).Distinct().Count());
    }

    [Fact]
    public void Maps_follow_one_another_and_reach_targets()
    {
        Dataset data = Reading.Counting(5)
            .Map((_, source, destination) => destination[0] = source[0] + 1)
            .Map((_, source, destination) => destination[0] = source[0] * 2)
            .Map((_, source, destination) => destination[0] = -source[0], "target");
        Assert.Equal([2, 4, 6, 8, 10], Reading.Inputs(data, 2));
        var target = new float[1];
        data.ReadTarget(4, target);
        Assert.Equal(-40, target[0]);
        Assert.Contains("no column 'x'; it has 'input', 'target'", Assert.Throws<ArgumentException>(() => data.Map((_, _, _) => { }, "x")).Message);
    }

    [Fact]
    public void One_hot_vectors_are_those_of_the_definition() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 20], Gen.Int[0, 1000].Array[80]).Sample((classes, size, count, draws) =>
        {
            int[] labels = [.. draws.Take(size * count).Select(draw => draw % classes)];
            var data = new Dataset([TensorColumn.FromFloats("x", new float[count])], [TensorColumn.FromIntegers("y", labels, size)]);
            Dataset hot = data.ToCategorical(classes);
            Assert.Equal(size == 1 ? [classes] : [size, classes], hot.Targets[0].Shape.ToArray());
            var target = new float[size * classes];
            for (int i = 0; i < count; i++)
            {
                hot.ReadTarget(i, target);
                Assert.Equal(labels.Skip(i * size).Take(size).SelectMany(label => Enumerable.Range(0, classes).Select(k => k == label ? 1f : 0f)), target);
            }
        });

    [Fact]
    public void The_number_of_classes_is_the_largest_label_plus_one() =>
        Assert.Equal([8], Dataset.FromArrays(new float[2], [1], new[] { 7, 0 }).ToCategorical().Targets[0].Shape);

    [Fact]
    public void A_label_out_of_range_is_named()
    {
        Dataset data = Dataset.FromArrays(new float[3], [1], new[] { 0, 1, 10 });
        Assert.Contains(
            "Sample 2 of 'target' has the label 10; labels from 0 to 9", Assert.Throws<ArgumentException>(() => data.ToCategorical(10)).Message);
        data = Dataset.FromArrays(new float[3], [1], new[] { 0, -1, 1 });
        Assert.Contains("Sample 1 of 'target' has the label -1", Assert.Throws<ArgumentException>(() => data.ToCategorical()).Message);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => Reading.Counting(3).ToCategorical(3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ToCategorical(0));
        Assert.Throws<ArgumentException>(() => new Dataset([TensorColumn.FromFloats("x", [1])], []).ToCategorical());
    }
}
