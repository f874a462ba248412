using CsCheck;

namespace NetGen.Tests;

public sealed class SumsTests
{
    [Fact]
    public void Sums_are_those_of_sixteen_interleaved_accumulators() => Gen.Select(Gen.Int[0, 300], Gen.ULong, Gen.Float[-30, 30]).Sample((length, seed, exponent) =>
    {
        float scale = MathF.Pow(10, exponent);
        float[] values = [.. OptimizerRun.Random(length, seed).Select(x => x * scale)];
        Assert.Equal(Expected(x => x * x), Sums.OfSquares(values));
        Assert.Equal(Expected(Math.Abs), Sums.OfMagnitudes(values));

        double Expected(Func<double, double> map) => Enumerable.Range(0, 16).Select(lane =>
            values.Where((_, i) => i % 16 == lane).Aggregate(0.0, (sum, x) => sum + map(x))).Aggregate(0.0, (sum, x) => sum + x);
    }, iter: 300);

    [Fact]
    public void Large_gradients_do_not_overflow() => Assert.Equal(4.0 * float.MaxValue * float.MaxValue, Sums.OfSquares([.. Enumerable.Repeat(float.MaxValue, 4)]), 1e65);
}
