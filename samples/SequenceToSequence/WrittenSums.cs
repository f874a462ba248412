using System.Globalization;

namespace NetGen.Samples;

/// <summary>Sums of two numbers of up to three digits as texts: "37+485=" and "522".</summary>
internal static class WrittenSums
{
    private const int Digits = 3, TrainCount = 50_000, TestCount = 5_000;

    /// <summary>Different sums, in random order. None to test with is among those to train on, nor is it with its numbers exchanged.</summary>
    public static (TextPairs Train, TextPairs Test) TrainAndTest(int seed)
    {
        Random random = new(seed);
        HashSet<(int, int)> drawn = [];
        List<(int A, int B)> sums = [];
        while (sums.Count < TrainCount + TestCount)
        {
            (int a, int b) = (Draw(random), Draw(random));
            if (drawn.Add((Math.Min(a, b), Math.Max(a, b)))) sums.Add((a, b));
        }

        return (Write(sums[..TrainCount]), Write(sums[TrainCount..]));
    }

    /// <summary>A number with one, two or three digits, each as often.</summary>
    private static int Draw(Random random) => random.Next((int)Math.Pow(10, random.Next(1, Digits + 1)));

    private static TextPairs Write(List<(int A, int B)> sums) => new(
        [.. sums.Select(sum => string.Create(CultureInfo.InvariantCulture, $"{sum.A}+{sum.B}="))],
        [.. sums.Select(sum => (sum.A + sum.B).ToString(CultureInfo.InvariantCulture))]);
}
