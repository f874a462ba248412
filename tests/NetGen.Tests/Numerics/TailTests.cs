using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsCheck;

namespace NetGen.Tests;

public sealed class TailTests
{
    public static IEnumerable<TheoryDataRow<int, int>> WidthsAndCounts =>
        from width in (int[])[16, 8, 4] from count in Enumerable.Range(-1, width + 3) select new TheoryDataRow<int, int>(width, count);

    [Theory, MemberData(nameof(WidthsAndCounts))]
    public void Load_takes_the_counted_elements_and_zeroes_the_rest(int width, int count)
    {
        using var page = new GuardedPage();
        int held = Math.Clamp(count, 0, width);
        // The last counted element is the last of the page: a read beyond it would end the process.
        Span<float> source = page.Last(held);
        for (int i = 0; i < held; i++)
            source[i] = i + 1;
        ref float first = ref MemoryMarshal.GetReference(source);
        var lanes = new float[width];
        switch (width)
        {
            case 16: Tail.Load512(ref first, count).CopyTo(lanes); break;
            case 8: Tail.Load256(ref first, count).CopyTo(lanes); break;
            default: Tail.Load128(ref first, count).CopyTo(lanes); break;
        }
        Assert.Equal(Enumerable.Range(0, width).Select(i => i < held ? i + 1f : 0f), lanes);
    }

    [Theory, MemberData(nameof(WidthsAndCounts))]
    public void Store_writes_the_counted_lanes_alone(int width, int count)
    {
        using var page = new GuardedPage();
        int held = Math.Clamp(count, 0, width);
        Span<float> destination = page.Last(held);
        page.Last(held + 1)[0] = -7f;
        ref float first = ref MemoryMarshal.GetReference(destination);
        switch (width)
        {
            case 16: Tail.Store512(Vector512.CreateSequence(1f, 1f), ref first, count); break;
            case 8: Tail.Store256(Vector256.CreateSequence(1f, 1f), ref first, count); break;
            default: Tail.Store128(Vector128.CreateSequence(1f, 1f), ref first, count); break;
        }
        Assert.Equal(Enumerable.Range(1, held).Select(i => (float)i), destination.ToArray());
        Assert.Equal(-7f, page.Last(held + 1)[0]);
    }

    [Fact]
    public void Storing_what_was_loaded_changes_nothing() =>
        Gen.Select(Gen.Float.Array[17, 40], Gen.Int[-1, 17], Gen.Int[0, 10]).Sample((values, count, offset) =>
        {
            int available = Math.Min(count, values.Length - offset);
            var copy = (float[])values.Clone();
            Tail.Store512(Tail.Load512(ref values[offset], available), ref copy[offset], available);
            Tail.Store256(Tail.Load256(ref values[offset], available), ref copy[offset], available);
            Tail.Store128(Tail.Load128(ref values[offset], available), ref copy[offset], available);
            Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), copy.Select(BitConverter.SingleToInt32Bits));
        });
}
