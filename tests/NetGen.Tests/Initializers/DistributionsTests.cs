using CsCheck;

namespace NetGen.Tests;

public sealed class DistributionsTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(0.0, 1.0), InlineData(3.0, 0.2)]
    public void Normal_numbers_have_the_moments_of_the_distribution(double mean, double deviation)
    {
        float[] values = new float[Count];
        Distributions.FillNormal(values, mean, deviation, seed: 7, stream: 3);
        double[] z = [.. values.Select(x => (x - mean) / deviation)];
        // Standard errors of the sample moments 1 to 4 of a standard normal distribution, times 5.
        Near(0, z.Average(), 1);
        Near(1, z.Average(x => x * x), Math.Sqrt(2));
        Near(0, z.Average(x => x * x * x), Math.Sqrt(15));
        Near(3, z.Average(x => x * x * x * x), Math.Sqrt(96));
        Near(0.6826894921370859, z.Average(x => Math.Abs(x) < 1 ? 1.0 : 0), 0.47);
        Near(0, z.Zip(z.Skip(1), (a, b) => a * b).Average(), 1);
        Assert.InRange(z.Max(), 4, 5.78);
    }

    [Fact]
    public void Truncated_normal_numbers_stay_within_two_deviations()
    {
        float[] values = new float[Count];
        Distributions.FillTruncatedNormal(values, 1, 0.5, seed: 7, stream: 3);
        double[] z = [.. values.Select(x => (x - 1) / 0.5)];
        Assert.InRange(z.Max(), 1.99, 2.0);
        Assert.InRange(z.Min(), -2.0, -1.99);
        // The variance of a standard normal distribution cut off at 2 is 1 - 4 phi(2) / (2 Phi(2) - 1).
        double variance = 1 - (4 * Math.Exp(-2) / Math.Sqrt(2 * Math.PI) / 0.9544997361036416);
        Near(0, z.Average(), Math.Sqrt(variance));
        Near(variance, z.Average(x => x * x), 1);
        Near(0.6826894921370859 / 0.9544997361036416, z.Average(x => Math.Abs(x) < 1 ? 1.0 : 0), 0.46);
    }

    [Theory]
    [InlineData(-0.05, 0.05), InlineData(2.0, 5.0)]
    public void Uniform_numbers_fill_their_range(double low, double high)
    {
        float[] values = new float[Count];
        Distributions.FillUniform(values, low, high, seed: 7, stream: 3);
        double[] u = [.. values.Select(x => (x - low) / (high - low))];
        Assert.True(values.Min() >= (float)low && values.Max() < (float)high);
        Assert.InRange(u.Min(), -1e-6, 1e-4);
        Assert.InRange(u.Max(), 1 - 1e-4, 1);
        Near(0.5, u.Average(), Math.Sqrt(1 / 12.0));
        Near(1 / 3.0, u.Average(x => x * x), 0.3);
        Near(0.1, u.Average(x => x < 0.1 ? 1.0 : 0), 0.3);
    }

    [Fact]
    public void A_narrow_uniform_range_excludes_its_upper_bound() => Gen.Select(Gen.Float[-10, 10], Gen.Int[1, 3], Gen.ULong).Sample((low, ulps, seed) =>
    {
        float high = low;
        for (int i = 0; i < ulps; i++)
            high = MathF.BitIncrement(high);
        float[] values = new float[50];
        Distributions.FillUniform(values, low, high, seed, 0);
        Assert.All(values, x => Assert.True(x >= low && x < high));
        Distributions.FillUniform(values, low, low, seed, 0);
        Assert.All(values, x => Assert.Equal(low, x));
    });

    [Fact]
    public void Numbers_do_not_depend_on_how_many_are_drawn() => Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.ULong, Gen.UInt).Sample((few, more, seed, stream) =>
    {
        foreach (Action<float[]> fill in new Action<float[]>[]
        {
            x => Distributions.FillUniform(x, -1, 1, seed, stream),
            x => Distributions.FillNormal(x, 0, 1, seed, stream),
            x => Distributions.FillTruncatedNormal(x, 0, 1, seed, stream),
        })
        {
            float[] shorter = new float[few], longer = new float[few + more];
            fill(shorter);
            fill(longer);
            Assert.Equal(shorter, longer[..few]);
        }
    }, iter: 100);

    private static void Near(double expected, double actual, double deviation)
        => Assert.InRange(actual, expected - (5 * deviation / Math.Sqrt(Count)), expected + (5 * deviation / Math.Sqrt(Count)));
}
