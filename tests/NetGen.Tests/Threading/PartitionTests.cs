using CsCheck;

namespace NetGen.Tests;

public sealed class PartitionTests
{
    [Fact]
    public void Shares_cover_the_range_in_order_and_are_balanced() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 1L << 60]), Gen.Int[1, 70]).Sample((units, parts) =>
        {
            nint end = 0;
            for (int part = 0; part < parts; part++)
            {
                var share = Partition.Range((nint)units, part, parts);
                Assert.Equal(end, share.Start);
                Assert.InRange(share.End - share.Start, (nint)(units / parts), (nint)((units + parts - 1) / parts));
                end = share.End;
            }
            Assert.Equal((nint)units, end);
        });
}
