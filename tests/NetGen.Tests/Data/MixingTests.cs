using CsCheck;

namespace NetGen.Tests.Data;

public sealed class MixingTests
{
    private const int Height = 5, Width = 7, Channels = 2, Classes = 4, Size = Height * Width * Channels;

    /// <summary>Mean 1/2, variance 1 / (4 (2 a + 1)), symmetric: by 200,000 fixed draws, of which the mean strays by a thousandth.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(3)]
    public void Weights_are_of_the_Beta_distribution(double alpha)
    {
        const int count = 200_000;
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            MixingDraws draws = new(3, i / 1000, i % 1000);
            numbers[i] = draws.Beta(alpha);
        }

        Assert.All(numbers, n => Assert.InRange(n, 0, 1));
        double mean = numbers.Average(), variance = numbers.Average(n => (n - mean) * (n - mean));
        Assert.Equal(0.5, mean, 0.005);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), variance, 0.002);

        // The fourth moment around the mean: 3 variance^2 (2 a + 1) / (2 a + 3) of a symmetric Beta.
        double fourth = numbers.Average(n => Math.Pow(n - mean, 4));
        Assert.Equal(3 * variance * variance * ((2 * alpha) + 1) / ((2 * alpha) + 3), fourth, 0.001);
    }

    [Fact]
    public void Small_parameters_leave_a_number()
    {
        MixingDraws draws = new(1, 0, 0);
        for (int i = 0; i < 1000; i++) Assert.InRange(draws.Beta(1e-6), 0, 1);
    }

    [Fact]
    public void MixUp_is_a_blend_with_another_sample() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 9], Gen.ULong, Gen.Int[0, 5]).Sample((count, batchSize, seed, epoch) =>
        {
            Dataset data = Images(count);
            List<(float[] X, float[] Y)> plain = Batches(data, batchSize, epoch), mixed = Batches(data.MixUp(seed: seed), batchSize, epoch);
            Assert.Equal(plain.Count, mixed.Count);
            for (int b = 0; b < plain.Count; b++)
            {
                // The same draws once more, in double.
                int samples = plain[b].Y.Length / Classes;
                MixingDraws draws = new(seed, epoch, b);
                int[] order = new int[samples];
                draws.Order(order);
                double w = draws.Beta(0.2);
                Assert.Equal(Enumerable.Range(0, samples), order.Order());
                Compare(plain[b].X, mixed[b].X, (s, i) => (w * plain[b].X[(s * Size) + i]) + ((1 - w) * plain[b].X[(order[s] * Size) + i]), Size);
                Compare(plain[b].Y, mixed[b].Y, (s, i) => (w * plain[b].Y[(s * Classes) + i]) + ((1 - w) * plain[b].Y[(order[s] * Classes) + i]), Classes);
                SumsAreOne(mixed[b].Y);
            }
        }, iter: 50);

    /// <summary>Every pixel is the sample's or the other's; the other's are a rectangle, whose area is what the label says, but for the pixels at its edge.</summary>
    [Fact]
    public void CutMix_replaces_a_rectangle() =>
        Gen.Select(Gen.Int[2, 30], Gen.Int[2, 9], Gen.ULong, Gen.Int[0, 5]).Sample((count, batchSize, seed, epoch) =>
        {
            Dataset data = Images(count);
            List<(float[] X, float[] Y)> plain = Batches(data, batchSize, epoch), mixed = Batches(data.CutMix(seed: seed), batchSize, epoch);
            for (int b = 0; b < plain.Count; b++)
            {
                int samples = plain[b].Y.Length / Classes;
                MixingDraws draws = new(seed, epoch, b);
                int[] order = new int[samples];
                draws.Order(order);
                double alpha = draws.Uniform() + 1e-6;
                SumsAreOne(mixed[b].Y);
                for (int s = 0; s < samples; s++)
                {
                    double lambda = draws.Beta(alpha), side = Math.Sqrt(1 - lambda);
                    double left = draws.Uniform() * (Width - (side * Width)), top = draws.Uniform() * (Height - (side * Height));
                    int replaced = 0;
                    for (int i = 0; i < Size; i++)
                    {
                        (int row, int column) = (i / Channels / Width, i / Channels % Width);
                        bool isInside = row >= top && row < top + (side * Height) && column >= left && column < left + (side * Width);
                        replaced += isInside ? 1 : 0;
                        Assert.Equal(plain[b].X[((isInside ? order[s] : s) * Size) + i], mixed[b].X[(s * Size) + i]);
                    }

                    // A rectangle of sides p and q has between (p - 1) (q - 1) and (p + 1) (q + 1) pixels.
                    Assert.InRange((double)replaced / Channels, Math.Max(0, (side * Width) - 1) * Math.Max(0, (side * Height) - 1), ((side * Width) + 1) * ((side * Height) + 1));
                    for (int c = 0; c < Classes; c++)
                        Assert.Equal((lambda * plain[b].Y[(s * Classes) + c]) + ((1 - lambda) * plain[b].Y[(order[s] * Classes) + c]), mixed[b].Y[(s * Classes) + c], 1e-6);
                }
            }
        }, iter: 50);

    /// <summary>The labels' shares tell of the areas: on average a half, with a spread by the limits of the factor.</summary>
    [Fact]
    public void The_factor_has_limits()
    {
        double[] Shares((double, double) factor)
        {
            // Two samples of two classes, so that the label of the first tells the share of the other one where it was taken.
            Dataset data = Dataset.FromArrays([.. Enumerable.Range(0, 2 * 16).Select(i => (float)(i / 16))], [4, 4, 1], new float[] { 1, 0, 0, 1 }, [2]);
            List<double> shares = [];
            for (int epoch = 0; epoch < 4000; epoch++)
            {
                float other = Batches(data.CutMix(factor, seed: 5), 2, epoch)[0].Y[1];
                if (other > 0) shares.Add(1 - other);
            }

            return [.. shares];
        }

        double[] wide = Shares((1, 1)), extreme = Shares((0.05, 0.05));
        Assert.Equal(0.5, wide.Average(), 0.03);
        Assert.Equal(1.0 / 12, wide.Average(s => (s - 0.5) * (s - 0.5)), 0.005);
        Assert.True(extreme.Count(s => s < 0.01) > extreme.Length / 3);
    }

    [Fact]
    public void Maps_are_cut_as_images()
    {
        float[] x = [.. Enumerable.Range(0, 4 * Height * Width).Select(i => (float)i)];
        Dataset data = new([TensorColumn.FromFloats("x", x, [Height, Width, 1])], [TensorColumn.FromFloats("mask", x, [Height, Width, 1])]);
        foreach ((float[] images, float[] masks) in Batches(data.CutMix(seed: 2), 4, 0))
        {
            Assert.NotEqual(x, images);
            Assert.Equal(images, masks);
        }
    }

    [Fact]
    public void The_same_bits_in_every_run_others_in_every_epoch_and_with_another_seed()
    {
        foreach (Func<Dataset, ulong, IDataSource> mix in new Func<Dataset, ulong, IDataSource>[] { (d, s) => d.MixUp(seed: s), (d, s) => d.CutMix(seed: s) })
        {
            float[] first = Reading.Inputs(mix(Images(20), 1), 8, seed: 3, epoch: 2);
            Assert.Equal(first, Reading.Inputs(mix(Images(20), 1), 8, seed: 3, epoch: 2));
            Assert.Equal(first, Reading.Inputs(mix(Images(20), 1).Prefetch(3), 8, seed: 3, epoch: 2));
            Assert.NotEqual(first, Reading.Inputs(mix(Images(20), 2), 8, seed: 3, epoch: 2));
            Assert.NotEqual(first, Reading.Inputs(mix(Images(20), 1), 8, seed: 3, epoch: 3));
            Assert.Equal(16 * Size, Reading.Inputs(mix(Images(20), 1), 8, dropRemainder: true).Length);
        }
    }

    [Fact]
    public void What_it_says_of_itself()
    {
        Dataset bytes = new Dataset([TensorColumn.FromBytes("input", new byte[4 * 12], [2, 2, 3])], [TensorColumn.FromIntegers("target", [0, 1, 2, 1])]).ToCategorical(3);
        Assert.True(bytes.RepeatsInputs);
        IDataSource mixed = bytes.MixUp();
        Assert.Equal((4L, ElementType.Float32, false, false), (mixed.SampleCount, mixed.Inputs[0].ElementType, mixed.RepeatsInputs, mixed.HasSampleWeights));
        Assert.Equal(bytes.Targets, mixed.Targets);
    }

    [Fact]
    public void Integer_labels_and_whatever_cannot_be_mixed_are_refused()
    {
        Dataset labels = Dataset.FromArrays(new float[4 * 12], [2, 2, 3], [0, 1, 2, 1]);
        ArgumentException integers = Assert.Throws<ArgumentException>(() => labels.MixUp());
        Assert.Contains("one-hot vectors; 'target'", integers.Message, StringComparison.Ordinal);
        Assert.Contains("holds Int32. ToCategorical()", integers.Message, StringComparison.Ordinal);
        Assert.Contains("CutMix mixes labels", Assert.Throws<ArgumentException>(() => labels.CutMix()).Message, StringComparison.Ordinal);
        Assert.Contains("the input 'input' has the shape (12,)", Assert.Throws<ArgumentException>(() => Dataset.FromArrays(new float[24], [12], new float[2]).CutMix()).Message, StringComparison.Ordinal);
        Assert.Contains("no targets", Assert.Throws<ArgumentException>(() => new Dataset([TensorColumn.FromFloats("x", new float[24], [12])], []).MixUp()).Message, StringComparison.Ordinal);
        foreach (double alpha in new[] { 0, -1, double.NaN, double.PositiveInfinity }) Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => Images(2).MixUp(alpha)).ParamName);
        foreach (double factor in new[] { -0.1, 1.1, double.NaN }) Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => Images(2).CutMix(factor)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Images(2).CutMix((0.7, 0.2)));
    }

    private static Dataset Images(int count) =>
        Dataset.FromArrays([.. Enumerable.Range(0, count * Size).Select(i => Philox.Uniform(9, 1, 0, i))], [Height, Width, Channels], [.. Enumerable.Range(0, count).Select(i => i % Classes)]).ToCategorical(Classes);

    private static List<(float[] X, float[] Y)> Batches(IDataSource source, int batchSize, int epoch)
    {
        List<(float[] X, float[] Y)> batches = [];
        Reading.ForEach(source, batchSize, b => batches.Add((b.Input(0).ToArray(), b.Target(0).ToArray())), epoch: epoch);
        return batches;
    }

    private static void Compare(float[] plain, float[] mixed, Func<int, int, double> expected, int size)
    {
        Assert.Equal(plain.Length, mixed.Length);
        for (int i = 0; i < mixed.Length; i++) Assert.Equal(expected(i / size, i % size), mixed[i], 1e-6);
    }

    private static void SumsAreOne(float[] labels)
    {
        foreach (float[] label in labels.Chunk(Classes)) Assert.Equal(1, label.Sum(), 1e-6);
    }
}
