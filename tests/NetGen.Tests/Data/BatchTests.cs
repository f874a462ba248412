using CsCheck;

namespace NetGen.Tests.Data;

public sealed class BatchTests
{
    [Fact]
    public void Every_part_is_aligned_padded_and_apart() =>
        Gen.Select(Gen.Int[1, 40].Array[1, 4], Gen.Int[1, 40].Array[0, 3], Gen.Int[1, 70], Gen.Bool).Sample((inputs, targets, capacity, weighted) =>
        {
            var batch = new Batch(Source(inputs, targets, weighted), capacity);
            float mark = 1;
            for (int i = 0; i < inputs.Length; i++) Fill(batch.InputBuffer(i), inputs[i] * capacity, ref mark);
            for (int i = 0; i < targets.Length; i++) Fill(batch.TargetBuffer(i), targets[i] * capacity, ref mark);
            Fill(batch.SampleWeightBuffer, weighted ? capacity : 0, ref mark);

            batch.Count = capacity;
            mark = 1;
            for (int i = 0; i < inputs.Length; i++) AssertFilled(batch.Input(i), ref mark);
            for (int i = 0; i < targets.Length; i++) AssertFilled(batch.Target(i), ref mark);
            AssertFilled(batch.SampleWeights, ref mark);
            Assert.Equal(weighted, batch.HasSampleWeights);
        });

    [Fact]
    public void A_count_cuts_every_part()
    {
        var batch = new Batch(Source([3], [2], true), 5) { Count = 4 };
        Assert.Equal((12, 8, 4), (batch.Input(0).Length, batch.Target(0).Length, batch.SampleWeights.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Count = 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Count = -1);
    }

    [Fact]
    public void A_batch_that_cannot_be_addressed_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Batch(Source([int.MaxValue / 2], [], false), 3));

    [Fact]
    public void A_batch_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(Source([1], [], false), 0));

    private static void Fill(Span<float> buffer, int length, ref float mark)
    {
        Assert.Equal(length, buffer.Length);
        buffer.Fill(mark++);
    }

    private static unsafe void AssertFilled(ReadOnlySpan<float> part, ref float mark)
    {
        if (part.IsEmpty)
        {
            mark++;
            return;
        }

        Assert.Equal(-1, part.IndexOfAnyExcept(mark++));
        fixed (float* start = part)
        {
            Assert.Equal(0u, (uint)((nuint)start % 64));
            var padding = new ReadOnlySpan<float>(start + part.Length, 16);
            Assert.Equal(-1, padding.IndexOfAnyExcept(0));
        }
    }

    private static FakeSource Source(int[] inputs, int[] targets, bool weighted) => new()
    {
        Inputs = [.. inputs.Select((size, i) => new TensorInfo($"x{i}", [size]))],
        Targets = [.. targets.Select((size, i) => new TensorInfo($"y{i}", [size]))],
        HasSampleWeights = weighted,
    };
}
