using System.Runtime.Intrinsics;
using CsCheck;

namespace NetGen.Tests;

public sealed class PhiloxTests
{
    // The known answers of philox4x32 with 10 rounds that the paper's own library (Random123, tests/kat_vectors) carries.
    [Theory]
    [InlineData(0ul, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0ul, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x299f31d0_a4093822ul, 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Generate_gives_the_known_answers(ulong key, uint c0, uint c1, uint c2, uint c3, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Generate(key, c0, c1, c2, c3));

    private static readonly Gen<(ulong Seed, uint Stream, uint Step, long Block)> Sequence =
        Gen.Select(Gen.ULong, Gen.UInt, Gen.UInt,
            Gen.OneOf(Gen.Long[0, 1000], Gen.Long[0, 1L << 50], Gen.Long[(1L << 28) - 2, (1L << 28) + 2]));

    [Fact]
    public void Every_width_gives_the_numbers_of_the_scalar_form() => Sequence.Sample(s =>
    {
        long first = s.Block * Philox.BlockSize;
        float[] expected = [.. Enumerable.Range(0, Philox.BlockSize).Select(i => Philox.Uniform(s.Seed, s.Stream, s.Step, first + i))];
        var actual = new float[Philox.BlockSize];
        for (int i = 0; i < Philox.BlockSize; i += 16)
            Philox.Uniform512(s.Seed, s.Stream, s.Step, first + i).CopyTo(actual, i);
        Assert.Equal(expected, actual);
        for (int i = 0; i < Philox.BlockSize; i += 8)
            Philox.Uniform256(s.Seed, s.Stream, s.Step, first + i).CopyTo(actual, i);
        Assert.Equal(expected, actual);
        for (int i = 0; i < Philox.BlockSize; i += 4)
            Philox.Uniform128(s.Seed, s.Stream, s.Step, first + i).CopyTo(actual, i);
        Assert.Equal(expected, actual);
    }, iter: 300);

    [Fact]
    public void Four_vectors_at_once_are_the_same_elements() => Sequence.Sample(s =>
    {
        long first = s.Block * Philox.BlockSize;
        Philox.Uniform512(s.Seed, s.Stream, s.Step, first, out var a0, out var a1, out var a2, out var a3);
        Assert.Equal([a0, a1, a2, a3], Enumerable.Range(0, 4).Select(i => Philox.Uniform512(s.Seed, s.Stream, s.Step, first + i * 16)));
        Philox.Uniform256(s.Seed, s.Stream, s.Step, first + 8, out var b0, out var b1, out var b2, out var b3);
        Assert.Equal([b0, b1, b2, b3], Enumerable.Range(0, 4).Select(i => Philox.Uniform256(s.Seed, s.Stream, s.Step, first + 8 + i * 16)));
        Philox.Uniform128(s.Seed, s.Stream, s.Step, first + 4, out var c0, out var c1, out var c2, out var c3);
        Assert.Equal([c0, c1, c2, c3], Enumerable.Range(0, 4).Select(i => Philox.Uniform128(s.Seed, s.Stream, s.Step, first + 4 + i * 16)));
    }, iter: 300);

    [Fact]
    public void Fill_does_not_depend_on_how_a_range_is_split() =>
        Gen.Select(Sequence, Gen.Int[0, 63], Gen.Int[0, 300], Gen.Int[0, 300]).Sample((s, offset, length, cut) =>
        {
            long start = s.Block * Philox.BlockSize + offset;
            cut = Math.Min(cut, length);
            var values = new float[length];
            Philox.FillUniform(values.AsSpan(0, cut), s.Seed, s.Stream, s.Step, start);
            Philox.FillUniform(values.AsSpan(cut), s.Seed, s.Stream, s.Step, start + cut);
            for (int i = 0; i < length; i++)
                Assert.Equal(Philox.Uniform(s.Seed, s.Stream, s.Step, start + i), values[i]);
        }, iter: 300);

    [Fact]
    public void Normal_fill_gives_the_numbers_of_the_scalar_form() =>
        Gen.Select(Sequence, Gen.Int[0, 63], Gen.Int[0, 200]).Sample((s, offset, length) =>
        {
            long start = s.Block * Philox.BlockSize + offset;
            var values = new float[length];
            Philox.FillNormal(values, s.Seed, s.Stream, s.Step, start);
            for (int i = 0; i < length; i++)
                Assert.Equal(Philox.Normal(s.Seed, s.Stream, s.Step, start + i), values[i]);
        }, iter: 100);

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var values = new float[1 << 20];
        Philox.FillNormal(values, seed: 7, stream: 0, step: 0);
        // Four standard errors of each moment: the variances of x, x^2, x^3 and x^4 under the normal distribution are 1, 2, 15 and 96.
        double tolerance = 4 / Math.Sqrt(values.Length);
        Assert.InRange(values.Average(x => (double)x), -tolerance, tolerance);
        Assert.InRange(values.Average(x => Math.Pow(x, 2)) - 1, -tolerance * Math.Sqrt(2), tolerance * Math.Sqrt(2));
        Assert.InRange(values.Average(x => Math.Pow(x, 3)), -tolerance * Math.Sqrt(15), tolerance * Math.Sqrt(15));
        Assert.InRange(values.Average(x => Math.Pow(x, 4)) - 3, -tolerance * Math.Sqrt(96), tolerance * Math.Sqrt(96));
        // The two numbers of a pair are independent: the mean of their product has variance 1 / n.
        double product = Enumerable.Range(0, values.Length).Where(i => i % 32 < 16).Average(i => (double)values[i] * values[i + 16]);
        Assert.InRange(product, -tolerance * Math.Sqrt(2), tolerance * Math.Sqrt(2));
    }

    [Fact]
    public void A_normal_pair_is_finite_at_the_ends_of_the_interval()
    {
        const float Largest = 1f - 1f / (1 << 24);
        Assert.Equal((0f, 0f), Philox.NormalPair(0f, 0f));
        Assert.Equal(5.768, Philox.NormalPair(Largest, 0f).First, 0.001);
        Assert.Equal(5.768, Philox.NormalPair(Largest, Largest).First, 0.001);
        Assert.Equal(5.768, Philox.NormalPair(Largest, 0.25f).Second, 0.001);
    }

    [Fact]
    public void Uniform_numbers_lie_in_the_half_open_interval_and_spread_evenly()
    {
        Assert.Equal(0f, Philox.ToUniform(0));
        Assert.Equal(1f - 1f / (1 << 24), Philox.ToUniform(uint.MaxValue));
        var values = new float[1 << 20];
        Philox.FillUniform(values, seed: 42, stream: 1, step: 2);
        var counts = new int[256];
        foreach (float value in values)
            counts[(int)(value * 256)]++;
        // Chi-squared with 255 degrees of freedom has mean 255 and deviation 22.6; the numbers are fixed, so this cannot flicker.
        double expected = values.Length / 256.0;
        Assert.InRange(counts.Sum(c => (c - expected) * (c - expected) / expected), 255 - 4 * 22.6, 255 + 4 * 22.6);
    }

    [Fact]
    public void Seed_stream_step_and_index_each_change_the_bits()
    {
        uint bits = Philox.Bits(1, 2, 3, 4);
        uint[] others = [Philox.Bits(2, 2, 3, 4), Philox.Bits(1 | 1ul << 40, 2, 3, 4), Philox.Bits(1, 3, 3, 4),
            Philox.Bits(1, 2, 4, 4), Philox.Bits(1, 2, 3, 5)];
        Assert.DoesNotContain(bits, others);
    }

    [Fact]
    public void Below_stays_below_and_reaches_every_value()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Below(0, 1, 2, 3, 4));
        var seen = new HashSet<long>();
        for (int i = 0; i < 200; i++)
            seen.Add(Philox.Below(7, seed: 5, stream: 0, step: 0, i));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], seen.Order());
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.ULong, Gen.Long[0, long.MaxValue])
            .Sample((bound, seed, index) => Assert.InRange(Philox.Below(bound, seed, 1, 2, index), 0, bound - 1), iter: 300);
    }
}
