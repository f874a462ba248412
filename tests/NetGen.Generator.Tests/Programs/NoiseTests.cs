using static System.FormattableString;

namespace NetGen.Generator.Tests;

/// <summary>The formulas of noise, and of normalizations without statistics, in the interpreter.</summary>
public sealed class NoiseTests
{
    private const int Count = 20_000;

    [Fact]
    public void Noise_is_normal()
    {
        Graph graph = TapeText.Graph("[Input(20000), GaussianNoise(0.5)]", training: true);
        double[] z = [.. Run(graph, _ => 0).Select(v => v / 0.5)];
        double mean = z.Average(), variance = z.Average(v => v * v);
        Assert.InRange(mean, -0.03, 0.03);
        Assert.InRange(variance, 0.96, 1.04);
        Assert.InRange(z.Average(v => v * v * v * v), 2.7, 3.3);
        Assert.InRange(z.Count(v => Math.Abs(v) < 0.6744897501960817) / (double)Count, 0.485, 0.515);
        Assert.InRange(Enumerable.Range(0, Count - 1).Average(i => z[i] * z[i + 1]), -0.03, 0.03);

        double[] factors = Run(TapeText.Graph("[Input(20000), GaussianDropout(0.2)]", training: true), _ => 1);
        Assert.InRange(factors.Average(), 0.985, 1.015);
        Assert.InRange(factors.Average(v => (v - 1) * (v - 1)), 0.24, 0.26);
    }

    [Fact]
    public void AlphaDropout_keeps_mean_and_variance()
    {
        // Quantiles of a standard normal distribution, in an order of no meaning.
        Graph noise = TapeText.Graph("[Input(20000), GaussianNoise(1.0)]", training: true);
        double[] normal = Run(noise, _ => 0);
        double[] y = Run(TapeText.Graph("[Input(20000), AlphaDropout(0.3)]", training: true), i => normal[(i * 7919) % Count]);
        Assert.InRange(y.Average(), -0.04, 0.04);
        Assert.InRange(y.Average(v => v * v), 0.95, 1.05);
        double dropped = y.GroupBy(v => Math.Round(v, 9)).Max(g => g.Count()) / (double)Count;
        Assert.InRange(dropped, 0.28, 0.32);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    [InlineData(0.75)]
    public void GaussianDropout_is_Kerass_formula(double rate)
    {
        double[] y = Run(TapeText.Graph(Invariant($"[Input(20000), GaussianDropout({rate})]"), training: true), i => i % 7);
        double deviation = Math.Sqrt(rate / (1 - rate));
        Assert.All(Enumerable.Range(0, y.Length), i => Assert.Equal((i % 7) * (1 + (deviation * Normal(i))), y[i], 1e-12));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void GaussianNoise_is_added_to_the_input(double deviation)
    {
        double[] y = Run(TapeText.Graph(Invariant($"[Input(20000), GaussianNoise({deviation:0.0#})]"), training: true), i => i % 7);
        Assert.All(Enumerable.Range(0, y.Length), i => Assert.Equal((i % 7) + (deviation * Normal(i)), y[i], 1e-12));
    }

    /// <summary>
    /// Mean and variance stay for any limit, with the factors that belong to it; the limit is that of SELU, whose alpha and lambda are the ones that make 0 and 1 a fixed point of mean and variance
    /// (Klambauer et al. 2017, equation 14).
    /// </summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void AlphaDropout_is_the_papers_formula(double rate)
    {
        double half = Erfc(1 / Math.Sqrt(2)), whole = Erfc(Math.Sqrt(2)), e = Math.E;
        double alpha = -Math.Sqrt(2 / Math.PI) / ((half * Math.Sqrt(e)) - 1);
        double lambda = (1 - (half * Math.Sqrt(e))) * Math.Sqrt(2 * Math.PI)
            / Math.Sqrt((2 * whole * e * e) + (Math.PI * half * half * e) - (2 * (2 + Math.PI) * half * Math.Sqrt(e)) + Math.PI + 2);
        double limit = -lambda * alpha, a = 1 / Math.Sqrt((1 - rate) * (1 + (rate * limit * limit))), b = -a * rate * limit;

        double[] y = Run(TapeText.Graph(Invariant($"[Input(20000), AlphaDropout({rate})]"), training: true), i => 1 + (i % 7));
        bool[] isDropped = [.. y.Select((value, i) => Math.Abs(value - ((a * limit) + b)) < 1e-9)];
        Assert.All(Enumerable.Range(0, y.Length).Where(i => !isDropped[i]), i => Assert.Equal((a * (1 + (i % 7))) + b, y[i], 1e-9));
        Assert.InRange(isDropped.Count(dropped => dropped) / (double)Count, rate - 0.015, rate + 0.015);

        // The complementary error function by its integral, with Simpson's rule.
        static double Erfc(double x)
        {
            const int Steps = 200_000;
            double step = (10 - x) / Steps;
            return 2 / Math.Sqrt(Math.PI) * step / 3 * Enumerable.Range(0, Steps + 1).Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-Math.Pow(x + (i * step), 2)));
        }
    }

    /// <summary>The small numbers that keep quotients finite count where the input is small itself, which is where they are told from others.</summary>
    [Theory]
    [InlineData("RMSNormalization", 1e-3, 1e-6)]
    [InlineData("RMSNormalization(Epsilon = 0.01)", 1e-3, 0.01)]
    [InlineData("RMSNormalization(Epsilon = 0)", 1e-9, 0)]
    public void RMSNormalization_adds_its_epsilon_to_the_mean_square(string layer, double size, double epsilon)
    {
        double[] x = [.. Enumerable.Range(0, Count).Select(i => size * ((i % 5) - 1.5))];
        double root = Math.Sqrt(x.Average(v => v * v) + epsilon);
        double[] y = Run(TapeText.Graph($"[Input(20000), {layer}]", training: true), i => x[i], _ => 1);
        Assert.All(Enumerable.Range(0, y.Length), i => Assert.Equal(x[i] / root, y[i], 1e-12));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1.1e-6, false)]
    [InlineData(0.9e-6, true)]
    [InlineData(1e-9, true)]
    [InlineData(0, true)]
    public void UnitNormalization_divides_by_no_norm_below_1e_minus_6(double norm, bool isBelow)
    {
        double[] x = [.. Enumerable.Range(0, Count).Select(i => norm * (i % 2 == 0 ? 1 : -1) / Math.Sqrt(Count))];
        double[] y = Run(TapeText.Graph("[Input(20000), UnitNormalization]", training: true), i => x[i]);
        Assert.All(Enumerable.Range(0, y.Length), i => Assert.Equal(x[i] / (isBelow ? 1e-6 : norm), y[i], 1e-12));
    }

    private static double Uniform(int stream, long element) => Philox.Uniform(5, (uint)stream, 2, element);

    /// <summary>The normal number that the only layer of a tape draws for an element, from its two streams (Box and Muller 1958).</summary>
    private static double Normal(int element) => Math.Sqrt(-2 * Math.Log(1 - Uniform(0, element))) * Math.Cos(2 * Math.PI * Uniform(1, element));

    private static double[] Run(Graph graph, Func<int, double> input, Func<int, double>? parameter = null)
    {
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 }, (draw, element) => Uniform(draw.Stream, element));
        interpreter.Set(graph.Inputs[0], [.. Enumerable.Range(0, Count).Select(input)]);
        foreach (Value value in graph.Parameters) interpreter.Set(value, [.. Enumerable.Range(0, Count).Select(parameter!)]);
        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
