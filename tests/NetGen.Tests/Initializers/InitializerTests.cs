using CsCheck;

namespace NetGen.Tests;

[Network(Training = false)]
[Input(40, 32, Name = "x"), MultiHeadAttention(8, 12, "x", "x", Name = "attention")]
[EinsumDense("abc,cde->abde", 40, 3, 20, Name = "apart")]
[EinsumDense("abde,de->abd", 40, 3, Name = "beside")]
public partial class Units;

public sealed class InitializerTests
{
    private static readonly (string Name, Initializer Initializer)[] All =
    [
        (nameof(Zeros), new Zeros()), (nameof(Ones), new Ones()), (nameof(Constant), new Constant(0.5)), (nameof(Identity), new Identity()),
        (nameof(RandomNormal), new RandomNormal()), (nameof(RandomUniform), new RandomUniform()), (nameof(TruncatedNormal), new TruncatedNormal()),
        (nameof(VarianceScaling), new VarianceScaling()), (nameof(GlorotNormal), new GlorotNormal()), (nameof(GlorotUniform), new GlorotUniform()),
        (nameof(HeNormal), new HeNormal()), (nameof(HeUniform), new HeUniform()), (nameof(LecunNormal), new LecunNormal()),
        (nameof(LecunUniform), new LecunUniform()), (nameof(Orthogonal), new Orthogonal()),
    ];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Values_are_a_function_of_seed_and_stream(string name) => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.ULong, Gen.UInt).Sample((rows, columns, seed, stream) =>
    {
        Initializer initializer = All.Single(row => row.Name == name).Initializer;
        float[] values = Fill(initializer, [rows, columns], seed, stream);
        Assert.Equal(values, Fill(initializer, [rows, columns], seed, stream));
        Assert.All(values, x => Assert.True(float.IsFinite(x)));
        if (initializer is RandomInitializer && rows * columns > 2)
        {
            Assert.NotEqual(values, Fill(initializer, [rows, columns], seed, stream + 1));
            Assert.NotEqual(values, Fill(initializer, [rows, columns], seed + 1, stream));
        }
    }, iter: 50);

    [Fact]
    public void An_own_seed_replaces_the_networks_and_the_stream()
    {
        foreach (Initializer seeded in new Initializer[]
        {
            new RandomNormal(seed: 5), new RandomUniform(seed: 5), new TruncatedNormal(seed: -5), new VarianceScaling(seed: 5), new GlorotNormal(5), new GlorotUniform(5),
            new HeNormal(5), new HeUniform(5), new LecunNormal(5), new LecunUniform(5), new Orthogonal(seed: 5),
        })
        {
            Assert.Equal(Fill(seeded, [5, 4], 1, 2), Fill(seeded, [5, 4], 3, 4));
        }
        Assert.NotEqual(Fill(new GlorotUniform(5), [5, 4], 1, 2), Fill(new GlorotUniform(6), [5, 4], 1, 2));
    }

    [Fact]
    public void Constants_fill_the_tensor()
    {
        Assert.Equal([0, 0, 0], Fill(new Zeros(), [3]));
        Assert.Equal([1, 1], Fill(new Ones(), [2, 1]));
        Assert.Equal([0.25f], Fill(new Constant(0.25), []));
        Assert.Equal([1, 2, 3, 4], Fill(new Constant([1, 2, 3, 4]), [2, 2]));
        Assert.Equal([2, 0, 0, 0, 2, 0], Fill(new Identity(gain: 2), [2, 3]));
        Assert.Equal([1, 0, 0, 1, 0, 0], Fill(new Identity(), [3, 2]));
    }

    [Theory]
    [InlineData(new int[] { }, 1, 1), InlineData(new[] { 7 }, 7, 7), InlineData(new[] { 3, 5 }, 3, 5)]
    [InlineData(new[] { 9, 4, 6 }, 36, 54), InlineData(new[] { 3, 5, 4, 6 }, 60, 90), InlineData(new[] { 2, 3, 4, 5, 6 }, 120, 144)]
    public void Fans_are_those_of_Keras(int[] shape, double fanIn, double fanOut) => Assert.Equal((fanIn, fanOut), VarianceScaling.ComputeFans(shape));

    /// <summary>The kernels of heads and of einsums are of rank 3 and no convolution's: each unit has as many inputs as are summed over.</summary>
    [Theory]
    [InlineData("attention/query/kernel", 2.0 / (32 + 96))]
    [InlineData("attention/attention_output/kernel", 2.0 / (96 + 32))]
    [InlineData("apart/kernel", 2.0 / (32 + 60))]
    [InlineData("beside/kernel", 2.0 / (20 + 1))]
    public void Units_of_kernels_that_are_neither_matrices_nor_convolutions(string name, double variance)
    {
        float[] values = [.. Enumerable.Range(1, 40).SelectMany(seed => new Units((ulong)seed).GetWeights(name))];
        Assert.InRange(values.Average(x => x * x), 0.95 * variance, 1.05 * variance);
    }

    [Theory]
    [InlineData(nameof(GlorotUniform), 6.0 / 900), InlineData(nameof(HeUniform), 6.0 / 600), InlineData(nameof(LecunUniform), 3.0 / 600)]
    public void Uniform_limits_follow_the_formula(string name, double squaredLimit)
    {
        float[] values = Fill(All.Single(row => row.Name == name).Initializer, [600, 300]);
        double limit = Math.Sqrt(squaredLimit);
        Assert.InRange(values.Max(), 0.999 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.999 * limit);
        Assert.InRange(values.Average(x => x * x), 0.99 * squaredLimit / 3, 1.01 * squaredLimit / 3);
    }

    [Theory]
    [InlineData(nameof(GlorotNormal), 2.0 / 900), InlineData(nameof(HeNormal), 2.0 / 600), InlineData(nameof(LecunNormal), 1.0 / 600), InlineData(nameof(VarianceScaling), 1.0 / 600)]
    public void Truncated_normals_keep_the_variance_of_the_formula(string name, double variance)
    {
        float[] values = Fill(All.Single(row => row.Name == name).Initializer, [600, 300]);
        Assert.InRange(values.Average(x => x * x), 0.98 * variance, 1.02 * variance);
        Assert.InRange(values.Average(), -5 * Math.Sqrt(variance / values.Length), 5 * Math.Sqrt(variance / values.Length));
        double limit = 2 * Math.Sqrt(variance) / 0.8796256610342398;
        Assert.InRange(values.Max(), 0.99 * limit, limit * 1.000001);
    }

    [Theory]
    [InlineData("fan_in", 600), InlineData("fan_out", 300), InlineData("fan_avg", 450)]
    public void Variance_scaling_divides_by_what_the_mode_counts(string mode, double count)
    {
        foreach (string distribution in new[] { "truncated_normal", "Normal", "untruncated_normal", "uniform" })
        {
            float[] values = Fill(new VarianceScaling(0.5, mode, distribution), [600, 300]);
            Assert.InRange(values.Average(x => x * x), 0.98 * 0.5 / count, 1.02 * 0.5 / count);
        }
    }

    [Fact]
    public void Orthogonal_matrices_have_orthonormal_columns_or_rows() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 3], Gen.ULong).Sample((rows, columns, window, seed) =>
        {
            float[] values = Fill(new Orthogonal(gain: 1.5), [window, rows, columns], seed);
            int length = window * rows;
            bool ofColumns = length >= columns;
            int count = Math.Min(length, columns);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = ofColumns
                        ? Enumerable.Range(0, length).Sum(k => (double)values[(k * columns) + i] * values[(k * columns) + j])
                        : Enumerable.Range(0, columns).Sum(k => (double)values[(i * columns) + k] * values[(j * columns) + k]);
                    Assert.Equal(i == j ? 2.25 : 0, product, 1e-5);
                }
            }
        }, iter: 60);

    [Fact]
    public void Orthogonal_matrices_have_no_preferred_direction()
    {
        // Of a uniformly distributed rotation each element has the mean 0 and the variance 1 / n, the first diagonal element included.
        const int Size = 6, Samples = 4000;
        double[] mean = new double[Size * Size], square = new double[Size * Size];
        for (ulong seed = 0; seed < Samples; seed++)
        {
            float[] values = Fill(new Orthogonal(), [Size, Size], seed);
            for (int i = 0; i < values.Length; i++)
                (mean[i], square[i]) = (mean[i] + (values[i] / Samples), square[i] + (values[i] * values[i] / Samples));
        }
        Assert.All(mean, x => Assert.InRange(x, -0.035, 0.035));
        Assert.All(square, x => Assert.InRange(x, 0.15, 0.185));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Equal("stddev", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomNormal(stddev: -1)).ParamName);
        Assert.Equal("stddev", Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedNormal(stddev: double.NaN)).ParamName);
        Assert.Equal("maxval", Assert.Throws<ArgumentOutOfRangeException>(() => new RandomUniform(1, 0)).ParamName);
        Assert.Equal("scale", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceScaling(0)).ParamName);
        Assert.Equal("mode", Assert.Throws<ArgumentException>(() => new VarianceScaling(mode: "fan")).ParamName);
        Assert.Equal("distribution", Assert.Throws<ArgumentException>(() => new VarianceScaling(distribution: "cauchy")).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(double.NaN)).ParamName);
        Assert.Throws<ArgumentException>(() => new Constant([]));
        Assert.Throws<ArgumentException>(() => Fill(new Constant([1, 2]), [3]));
        Assert.Throws<ArgumentException>(() => Fill(new Identity(), [3]));
        Assert.Throws<ArgumentException>(() => Fill(new Orthogonal(), [3]));
        var error = Assert.Throws<ArgumentException>(() => new Zeros().Fill(new float[5], [2, 3], 0, 0));
        Assert.Contains("5 elements; expected 6 for the shape (2, 3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_name_classes_with_their_defaults()
    {
        string[] names =
        [
            Initializer.Zeros, Initializer.Ones, Initializer.Identity, Initializer.GlorotUniform, Initializer.GlorotNormal, Initializer.HeUniform, Initializer.HeNormal,
            Initializer.LecunUniform, Initializer.LecunNormal, Initializer.RandomNormal, Initializer.RandomUniform, Initializer.TruncatedNormal, Initializer.Orthogonal,
            Initializer.VarianceScaling,
        ];
        Assert.Equal(All.Select(row => row.Name + "()").Where(name => name != "Constant()").Order(), names.Order());
    }

    private static float[] Fill(Initializer initializer, int[] shape, ulong seed = 42, uint stream = 0)
    {
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        initializer.Fill(values, shape, seed, stream);
        return values;
    }
}
