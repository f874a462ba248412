using System.Runtime.Intrinsics;
using CsCheck;

namespace NetGen.Tests;

public sealed class PowTests
{
    private static readonly float[] Special =
        [0f, -0f, 1f, -1f, 2f, -2f, 3f, -3f, 0.5f, -0.5f, 1.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon,
            -float.Epsilon, float.MaxValue, float.MinValue, 16777216f, 16777215f, 16777217f, -16777215f, 1e20f, 0.999999f, 1.000001f];

    [Fact]
    public void Special_cases_are_those_of_IEEE_754()
    {
        foreach (float x in Special)
        {
            foreach (float y in Special)
                AssertPow(x, y);
        }
    }

    [Fact]
    public void Error_is_below_the_documented_bound() =>
        Gen.Select(
            Gen.OneOf(Gen.Float[0f, 3f], Gen.Float[0.9f, 1.1f], Gen.Float[-5f, 5f], Gen.Float),
            Gen.OneOf(Gen.Float[-4f, 4f], Gen.Float[-200f, 200f], Gen.Float[-1e6f, 1e6f], Gen.Int[-9, 9].Select(i => (float)i)))
            .Sample(AssertPow, iter: 20_000);

    private static void AssertPow(float x, float y)
    {
        double exact = Math.Pow(x, y);
        float actual = VectorMath.Pow(x, y);
        Assert.True(Exact.UlpError("Pow", x, actual, exact) <= 0.6, $"pow({x:R}, {y:R}) = {actual:R}, expected {exact:R}");
        Assert.True(actual != 0 || float.IsNegative(actual) == double.IsNegative(exact), $"pow({x:R}, {y:R}) has the wrong sign of zero");
        Assert.Equal(Vector512.Create(actual), VectorMath.Pow(Vector512.Create(x), Vector512.Create(y)));
        Assert.Equal(Vector256.Create(actual), VectorMath.Pow(Vector256.Create(x), Vector256.Create(y)));
        Assert.Equal(Vector128.Create(actual), VectorMath.Pow(Vector128.Create(x), Vector128.Create(y)));
    }
}
