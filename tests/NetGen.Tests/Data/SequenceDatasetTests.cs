namespace NetGen.Tests.Data;

/// <summary>Data sets of sequences of unequal lengths.</summary>
public sealed class SequenceDatasetTests
{
    [Fact]
    public void A_batch_is_padded_to_its_longest_sequence_and_tells_the_lengths()
    {
        Dataset data = Dataset.FromSequences([[1, 2], [], [3, 4, 5, 6, 7, 8], [9, 10]], [2], new float[][] { [1], [], [2, 3, 4], [5] }, []);
        Assert.Equal([3, 2], data.Inputs[0].Shape.ToArray());
        Assert.True(data.Inputs[0].IsSequence && data.Targets[0].IsSequence);
        Assert.Equal([1, 0, 3, 1], Enumerable.Range(0, 4).Select(i => data.InputLength(i)));
        Batch batch = new(data, 2);
        using BatchReader reader = data.CreateReader(2);
        Assert.True(reader.TryRead(batch));
        Assert.Equal(1, batch.InputSteps(0));
        Assert.Equal([1, 0], batch.InputLengths(0).ToArray());
        Assert.Equal([1, 2, 0, 0], batch.Input(0).ToArray());
        Assert.Equal([1, 0], batch.Target(0).ToArray());
        Assert.True(reader.TryRead(batch));
        Assert.Equal((3, 3), (batch.InputSteps(0), batch.TargetSteps(0)));
        Assert.Equal([3, 1], batch.TargetLengths(0).ToArray());
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10, 0, 0, 0, 0], batch.Input(0).ToArray());
        Assert.Equal([2, 3, 4, 5, 0, 0], batch.Target(0).ToArray());
        Assert.False(reader.TryRead(batch));
    }

    [Fact]
    public void Prefetching_and_parts_keep_the_lengths()
    {
        Dataset data = Counting(20);
        List<int> plain = [], ahead = [];
        Reading.ForEach(data.Shuffle(3).Skip(2), 4, batch => plain.AddRange([.. batch.InputLengths(0), batch.InputSteps(0), .. batch.Input(0).ToArray().Select(x => (int)x)]), seed: 1);
        Reading.ForEach(data.Shuffle(3).Skip(2).Prefetch(), 4, batch => ahead.AddRange([.. batch.InputLengths(0), batch.InputSteps(0), .. batch.Input(0).ToArray().Select(x => (int)x)]), seed: 1);
        Assert.Equal(plain, ahead);
        Assert.NotEmpty(plain);
    }

    [Fact]
    public void Maps_and_one_hot_vectors_keep_the_lengths()
    {
        Dataset data = Dataset.FromSequences([[1f], [2, 3]], [], new int[][] { [1], [0, 2] });
        Dataset mapped = data.Map((_, source, destination) =>
        {
            for (int i = 0; i < source.Length; i++) (destination[2 * i], destination[(2 * i) + 1]) = (source[i], -source[i]);
        }, shape: [2, 2]).ToCategorical();
        float[] x = new float[4], y = new float[6];
        mapped.ReadInput(1, x);
        mapped.ReadTarget(1, y);
        Assert.Equal([2, -2, 3, -3], x);
        Assert.Equal([1, 0, 0, 0, 0, 1], y);
        Assert.Equal((1, 2), (mapped.InputLength(0), mapped.TargetLength(1)));
        Assert.Equal([2, 3], mapped.Targets[0].Shape.ToArray());
        Refuses("does not begin with that", () => data.Map((_, _, _) => { }, shape: [3]));
    }

    [Fact]
    public void Buckets_hold_every_sample_once_by_seed_and_epoch()
    {
        Dataset data = Counting(203).BucketByLength(8);
        int[] Order(ulong seed, int epoch, bool drop = false)
        {
            List<int> order = [];
            Reading.ForEach(data, 10, batch => order.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.SampleAt(i)!.Value)), seed, epoch, drop);
            return [.. order];
        }

        int[] first = Order(1, 0);
        Assert.Equal(Enumerable.Range(0, 203), first.Order());
        Assert.Equal(first, Order(1, 0));
        Assert.NotEqual(first, Order(1, 1));
        Assert.NotEqual(first, Order(2, 0));
        Assert.Equal(first[..200], Order(1, 0, drop: true));
        List<int> stored = [];
        Reading.ForEach(data, 10, batch => stored.AddRange(batch.InputLengths(0)));
        Assert.Equal(Enumerable.Range(0, 203).Select(i => data.InputLength(i)), stored);
    }

    [Fact]
    public void Buckets_need_less_padding()
    {
        Dataset data = Counting(400);
        long Steps(Dataset read)
        {
            long steps = 0;
            Reading.ForEach(read, 10, batch => steps += (long)batch.Count * batch.InputSteps(0), seed: 5);
            return steps;
        }

        long counted = Enumerable.Range(0, 400).Sum(i => (long)data.InputLength(i));
        Assert.True(Steps(data) > 1.6 * counted, $"{Steps(data)} {counted}");
        Assert.True(Steps(data.BucketByLength(40)) < 1.06 * counted, $"{Steps(data.BucketByLength(40))} {counted}");
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Refuses("Sequence 1 of 'input' has 3 values, which is no multiple of 2", () => Dataset.FromSequences([[1f, 2], [1, 2, 3]], [2], [1, 2]));
        Refuses("Sequence 0 of 'input' is null", () => Dataset.FromSequences([null!], [2], [1]));
        Refuses("no sequences", () => Dataset.FromTokens([], new[] { 1 }));
        Refuses("Sequence 1 has 2 steps and targets for 1", () => Dataset.FromTokens([[1], [2, 3]], new int[][] { [1], [1] }));
        Refuses("Element 1 of sequence 0 of 'input' is 16777217", () => Dataset.FromTokens([[1, 16777217]], new[] { 1 }));
        Refuses("There are 1 labels for the 2 samples of x", () => Dataset.FromTokens([[1], [2]], new[] { 1 }));
        Refuses("has no sequences", () => Reading.Counting(3).BucketByLength());
        Refuses("all have the shape (1,)", () => Reading.Counting(3).InputLength(0));
        Refuses("The span has 1 elements; sample 1 of 'input' has 2", () => Dataset.FromTokens([[1], [2, 3]], new[] { 1, 2 }).ReadInput(1, new float[1]));
        Refuses("NaN in sample 1, element 1", () => Dataset.FromSequences([[1f], [2, float.NaN]], [], [1, 2]).Validate());
        Refuses("no features", () => Standardizer.Fit(Counting(3)));
        Batch batch = new(Counting(9), 2);
        Refuses("9 steps were given; 1 to 8", () => batch.SetInputSteps(0, 9));
        Refuses("0 steps were given", () => batch.SetInputSteps(0, 0));
        Refuses("one shape", () => batch.SetTargetSteps(0, 1));
    }

    /// <summary>Sample i has i % 9 steps of the number i.</summary>
    private static Dataset Counting(int count) =>
        Dataset.FromSequences([.. Enumerable.Range(0, count).Select(i => Enumerable.Repeat((float)i, i % 9).ToArray())], [], [.. Enumerable.Range(0, count)]);

    private static void Refuses(string part, Action action) => Assert.Contains(part, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
}
