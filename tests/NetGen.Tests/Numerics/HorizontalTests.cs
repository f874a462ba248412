using System.Runtime.Intrinsics;
using CsCheck;

namespace NetGen.Tests;

public sealed class HorizontalTests
{
    private static readonly Gen<float[]> Lanes = Gen.Float[-1e6f, 1e6f].Array[16];

    [Fact]
    public void Sum_folds_the_upper_half_onto_the_lower_one() => Lanes.Sample(lanes =>
    {
        Assert.Equal(Fold(lanes, (a, b) => a + b), Horizontal.Sum(Vector512.Create(lanes)));
        Assert.Equal(Fold(lanes[..8], (a, b) => a + b), Horizontal.Sum(Vector256.Create(lanes)));
        Assert.Equal(Fold(lanes[..4], (a, b) => a + b), Horizontal.Sum(Vector128.Create(lanes)));
    });

    [Fact]
    public void Product_folds_the_upper_half_onto_the_lower_one() => Gen.Float[-3f, 3f].Array[16].Sample(lanes =>
    {
        Assert.Equal(Fold(lanes, (a, b) => a * b), Horizontal.Product(Vector512.Create(lanes)));
        Assert.Equal(Fold(lanes[..8], (a, b) => a * b), Horizontal.Product(Vector256.Create(lanes)));
        Assert.Equal(Fold(lanes[..4], (a, b) => a * b), Horizontal.Product(Vector128.Create(lanes)));
    });

    [Fact]
    public void Max_and_min_are_those_of_the_lanes() => Lanes.Sample(lanes =>
    {
        var (v512, v256, v128) = (Vector512.Create(lanes), Vector256.Create(lanes), Vector128.Create(lanes));
        Assert.Equal((lanes.Max(), lanes.Min()), (Horizontal.Max(v512), Horizontal.Min(v512)));
        Assert.Equal((lanes[..8].Max(), lanes[..8].Min()), (Horizontal.Max(v256), Horizontal.Min(v256)));
        Assert.Equal((lanes[..4].Max(), lanes[..4].Min()), (Horizontal.Max(v128), Horizontal.Min(v128)));
    });

    [Fact]
    public void A_NaN_in_any_lane_reaches_the_result()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            Vector512<float> value = Vector512.CreateSequence(1f, 1f).WithElement(lane, float.NaN);
            Assert.All([Horizontal.Sum(value), Horizontal.Product(value), Horizontal.Max(value), Horizontal.Min(value)], result => Assert.True(float.IsNaN(result)));
        }
    }

    private static float Fold(float[] lanes, Func<float, float, float> combine) => lanes.Length == 1
        ? lanes[0]
        : Fold([.. lanes[..(lanes.Length / 2)].Zip(lanes[(lanes.Length / 2)..], combine)], combine);
}
