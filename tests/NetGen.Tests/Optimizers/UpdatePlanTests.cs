using CsCheck;

namespace NetGen.Tests;

public sealed class UpdatePlanTests
{
    [Fact]
    public void Blocks_cover_each_trainable_element_once() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 50], Gen.Bool, Gen.Bool).Array[0, 8].Sample(variables =>
        {
            List<UpdateRange> ranges = [];
            int end = 0;
            foreach ((int length, int gap, bool decays, bool trainable) in variables)
            {
                ranges.Add(new(end + gap, length, 1, decays, trainable));
                end += gap + length;
            }
            int[] expected = new int[end], covered = new int[end];
            foreach (UpdateRange range in ranges.Where(range => range.Trainable))
                expected.AsSpan(range.Offset, range.Length).Fill(range.Decays ? 2 : 1);
            UpdatePlan plan = UpdatePlan.Build([.. ranges], end);
            foreach (UpdatePlan.Block block in plan.Blocks)
            {
                Assert.InRange(block.Length, 1, UpdatePlan.BlockLength);
                foreach (ref int element in covered.AsSpan(block.Offset, block.Length))
                    element += plan.Ranges[block.Range].Decays ? 2 : 1;
            }
            Assert.Equal(expected, covered);
        }, iter: 100);
}
