using CsCheck;

namespace NetGen.Tests.Data;

public sealed class StandardizerTests
{
    [Fact]
    public void Mean_and_deviation_are_those_of_two_passes_in_double() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 5], Gen.Float[-1000, 1000].Array[150], Gen.Float[-1e6f, 1e6f]).Sample((count, features, draws, shift) =>
        {
            float[] x = [.. draws.Take(count * features).Select(value => value + shift)];
            Standardizer standardizer = Standardizer.Fit(Dataset.FromArrays(x, [features], new float[count]));
            for (int j = 0; j < features; j++)
            {
                double[] column = [.. x.Where((_, i) => i % features == j).Select(value => (double)value)];
                double mean = column.Average();
                double deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
                Assert.Equal((float)mean, standardizer.Mean[j], Math.Abs(mean) * 1e-6 + 1e-6);
                Assert.Equal(deviation > 1e-3 ? deviation : standardizer.StandardDeviation[j], standardizer.StandardDeviation[j], deviation * 1e-5);
            }
        });

    [Fact]
    public void The_training_part_becomes_standard_and_the_test_part_takes_its_figures()
    {
        (Dataset training, Dataset test) = Dataset.FromArrays([1, 10, 3, 10, 100, 12], [2], new float[3]).Split(0.7);
        Standardizer standardizer = Standardizer.Fit(training);
        Assert.Equal([2, 10], standardizer.Mean);
        Assert.Equal([1, 1], standardizer.StandardDeviation);
        Assert.Equal([-1, 0, 1, 0], Reading.Inputs(standardizer.Apply(training), 5));
        Assert.Equal([98, 2], Reading.Inputs(standardizer.Apply(test), 5));
    }

    [Fact]
    public void Invert_undoes_transform()
    {
        var standardizer = new Standardizer("target", [3, -1], [2, 0.5f]);
        float[] values = [1, 2, 3, 4];
        var there = new float[4];
        standardizer.Transform(values, there);
        Assert.Equal([-1, 6, 0, 10], there);
        standardizer.Invert(there, there);
        Assert.Equal(values, there);
    }

    [Fact]
    public void A_target_can_be_standardized()
    {
        Dataset data = Reading.Counting(3);
        Standardizer standardizer = Standardizer.Fit(data, "target");
        var target = new float[1];
        standardizer.Apply(data).ReadTarget(1, target);
        Assert.Equal(0, target[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Standardizer.Fit(Reading.Counting(3), "x"));
        Assert.Throws<InvalidDataException>(() => Standardizer.Fit(Dataset.FromArrays([1, float.NaN], [1], new float[2])));
        Assert.Throws<ArgumentException>(() => new Standardizer("input", [1], [0]));
        Assert.Throws<ArgumentException>(() => new Standardizer("input", [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new Standardizer("input", [1, 2], [1, 1]).Transform(new float[3], new float[3]));
        Assert.Contains("1 features", Assert.Throws<ArgumentException>(() => new Standardizer("input", [1, 2], [1, 1]).Apply(Reading.Counting(3))).Message);
    }
}
