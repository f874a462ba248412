namespace NetGen.Tests.Training;

public sealed class AdaptTests
{
    private const int Samples = 7;

    private static readonly int[] Shape = [3, 4, 5];

    private static float[] Data(int length, float offset = 0, int seed = 3)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => offset + (float)((random.NextDouble() * 6) - 1))];
    }

    /// <summary>Two passes in double over the elements whose indices along the kept axes are the same.</summary>
    private static (double[] Mean, double[] Variance) Expected(float[] data, params int[] axes)
    {
        ILookup<int, double> groups = Enumerable.Range(0, data.Length).ToLookup(
            i =>
            {
                int[] index = [i / 20 % 3, i / 5 % 4, i % 5];
                return axes.Aggregate(0, (group, axis) => (group * Shape[axis]) + index[axis]);
            },
            i => (double)data[i]);
        double[] means = [.. groups.OrderBy(g => g.Key).Select(g => g.Average())];
        return (means, [.. groups.OrderBy(g => g.Key).Select(g => g.Average(v => (v - means[g.Key]) * (v - means[g.Key])))]);
    }

    [Theory]
    [InlineData("normalization", 2)]
    [InlineData("middle", 1)]
    [InlineData("outer", 0, 2)]
    [InlineData("all")]
    public void Mean_and_variance_follow_the_axes(string name, params int[] axes)
    {
        float[] data = Data(Samples * 60);
        (double[] mean, double[] variance) = Expected(data, axes);
        Adapted model = new(seed: 1);
        model[name].Adapt(Data(60, seed: 9));
        model[name].Adapt(data);
        AssertClose(mean, model.GetWeights(name + "/mean"));
        AssertClose(variance, model.GetWeights(name + "/variance"));

        Adapted fromSet = new(seed: 1);
        fromSet[name].Adapt(Dataset.FromArrays(data, Shape, new float[Samples]));
        Assert.Equal(model.GetWeights(name + "/mean"), fromSet.GetWeights(name + "/mean"));
        Assert.Equal(model.GetWeights(name + "/variance"), fromSet.GetWeights(name + "/variance"));
    }

    /// <summary>Sums of squares in float would lose all digits of a variance beside such a mean.</summary>
    [Fact]
    public void A_large_mean_leaves_the_variance_its_digits()
    {
        float[] data = Data(Samples * 60, offset: 100_000);
        Adapted model = new(seed: 1);
        model["all"].Adapt(data);
        AssertClose(Expected(data).Variance, model.GetWeights("all/variance"));
    }

    [Fact]
    public void Predict_and_training_use_what_was_measured()
    {
        AdaptedSequence model = new(seed: 1);
        float[] y = new float[4], before = new float[4];
        model.Predict([1, 2, 3, 4, 5, 6, 7, 8], before, 1);
        model["normalization"].Adapt(new Dataset([TensorColumn.FromFloats("x", [1, 2, 3, 4, 5, 6, 7, 8], 4, 2)], []));
        Assert.Equal([4f, 5f], model.GetWeights("normalization/mean"));
        Assert.Equal([5f, 5f], model.GetWeights("normalization/variance"));
        model.Predict([1, 2, 3, 4, 5, 6, 7, 8], y, 1);
        Assert.NotEqual(before, y);
        float[] kernel = model.GetWeights("dense/kernel");
        Assert.Equal((-3 * (kernel[0] + kernel[1])) / MathF.Sqrt(5), y[0], 1e-5f);
        new Trainer<AdaptedSequence>(model) { Loss = Loss.MeanSquaredError() }.Fit(
            new Dataset([TensorColumn.FromFloats("x", [1, 2, 3, 4], 2, 2)], [TensorColumn.FromFloats("y", [1, 2], 2, 1)]));
        Assert.Equal([4f, 5f], model.GetWeights("normalization/mean"));
    }

    [Fact]
    public void Misuse_is_told()
    {
        Adapted model = new(seed: 1);
        Refuses<ArgumentException>(() => model["all"].Adapt(new float[61]), "61 values", "multiple of 60", "(3, 4, 5)", "'all'");
        Refuses<ArgumentException>(() => model["all"].Adapt([]), "0 values");
        Refuses<InvalidOperationException>(() => model["dense"].Adapt(new float[60]), "'dense'", "'normalization', 'middle', 'outer', 'all'");
        Refuses<InvalidOperationException>(() => new Line()["dense"].Adapt(new float[60]), "Line has none");
        Refuses<ArgumentException>(() => model["all"].Adapt(Dataset.FromArrays(new float[120], [4, 3, 5], new float[2])), "(4, 3, 5)", "(3, 4, 5)");
        Refuses<ArgumentException>(() => model["all"].Adapt(Dataset.FromArrays(new float[60], Shape, new float[1]), "x"), "'x'", "'input'");
        Refuses<InvalidOperationException>(() => new AdaptedSequence()["normalization"].Adapt(new float[4]), "time");
        float[] bad = new float[180];
        bad[61] = float.NaN;
        Refuses<InvalidDataException>(() => model["all"].Adapt(bad), "NaN", "sample 1, element 1");
        Refuses<InvalidDataException>(() => model["all"].Adapt([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 1e30f : -1e30f)]), "too large");
        Assert.Equal([1f], model.GetWeights("all/variance"));
    }

    private static void Refuses<T>(Action action, params string[] parts)
        where T : Exception
    {
        T exception = Assert.Throws<T>(action);
        foreach (string part in parts) Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal((float)expected[i], actual[i], 2e-7f * MathF.Max(1, MathF.Abs(actual[i])));
    }
}
