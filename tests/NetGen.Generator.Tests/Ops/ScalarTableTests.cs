namespace NetGen.Generator.Tests;

public sealed class ScalarTableTests
{
    /// <summary>Where a function is defined and smooth; others take points of both signs.</summary>
    private static readonly Dictionary<string, double[]> Points = new()
    {
        ["Sqrt"] = [0.3, 1.7, 9],
        ["Log"] = [0.3, 1.7, 9],
        ["Log1p"] = [-0.6, 1e-9, 2.5],
        ["Pow"] = [0.4, 1.3, 2.5],
        ["Div"] = [-1.3, 0.4, 2.5],
        ["Asin"] = [-0.9, 0.2, 0.7],
        ["Acos"] = [-0.9, 0.2, 0.7],
        ["Atanh"] = [-0.9, 1e-4, 0.7],
        ["Acosh"] = [1.1, 1.9, 30],
        ["Fmod"] = [-7.3, 1.6, 2.9],
    };

    /// <summary>What is another function to the backward half than to the forward half.</summary>
    private static readonly Dictionary<string, double[]> Chosen = new() { ["Detach"] = [0], ["RoundToHalf"] = [1], ["RoundToBFloat16"] = [1], ["StraightThrough"] = [1, 0] };

    public static TheoryData<string> Names => [.. ScalarTable.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_agrees_with_finite_differences(string name)
    {
        ScalarFunction function = ScalarTable.Get(name);
        double[] points = Points.TryGetValue(name, out double[]? given) ? given : [-2.6, -0.37, 0.21, 0.83, 3.4];
        foreach (double[] x in Tuples(points, function.Arity).Where(x => x.Distinct().Count() == x.Length))
        {
            // The result stands as one more input, as Autodiff gives it.
            Expr[] arguments = [.. Enumerable.Range(0, function.Arity).Select(Expr.In)];
            Expr?[] partials = function.Derivative(arguments, Expr.In(function.Arity));
            for (int i = 0; i < function.Arity; i++)
            {
                const double step = 1e-6;
                double numeric = (function.Evaluate([.. x.Select((v, k) => k == i ? v + step : v)]) - function.Evaluate([.. x.Select((v, k) => k == i ? v - step : v)])) / (2 * step);
                double rule = partials[i] is { } partial ? Value(partial, [.. x, function.Evaluate(x)]) : 0;
                if (Chosen.TryGetValue(name, out double[]? chosen))
                {
                    Assert.Equal(chosen[i], rule);
                    continue;
                }

                Assert.True(Math.Abs(numeric - rule) <= 1e-7 * Math.Max(1, Math.Abs(numeric)), $"d{name}/dx{i} at ({string.Join(", ", x)}): {numeric:R} by differences, {rule:R} by rule");
            }
        }
    }

    [Theory]
    [InlineData("Erf", 0.5, 0.5204998778130465)]
    [InlineData("Erf", -3, -0.9999779095030014)]
    [InlineData("Log1p", 1e-10, 9.9999999995e-11)]
    [InlineData("Expm1", 1e-10, 1.00000000005e-10)]
    [InlineData("Softplus", -40, 4.248354255291589e-18)]
    [InlineData("Sigmoid", -745, 4.9406564584124654E-324)]
    [InlineData("Asinh", -1e-8, -1e-8)]
    [InlineData("Asinh", 1e30, 69.77069997038121)]
    [InlineData("Acosh", 2, 1.3169578969248166)]
    [InlineData("Atanh", 1e-9, 1e-9)]
    [InlineData("Round", 2.5, 2)]
    [InlineData("Round", -3.5, -4)]
    [InlineData("Ceil", -1.5, -1)]
    [InlineData("Truncate", -1.5, -1)]
    [InlineData("RoundToHalf", 2049, 2048)]
    [InlineData("RoundToHalf", 2051, 2052)]
    [InlineData("RoundToHalf", 8.9406967163085938e-8, 1.1920928955078125e-7)]
    [InlineData("RoundToHalf", 65519.99, 65504)]
    [InlineData("RoundToHalf", -65520, double.NegativeInfinity)]
    [InlineData("RoundToBFloat16", 257, 256)]
    [InlineData("RoundToBFloat16", 259, 260)]
    public void Values_agree_with_tables(string name, double x, double expected) =>
        Assert.Equal(expected, ScalarTable.Get(name).Evaluate(x), Math.Abs(expected) * 1e-13);

    private static IEnumerable<double[]> Tuples(double[] points, int arity) =>
        arity == 0 ? [[]] : Tuples(points, arity - 1).SelectMany(t => points.Select(p => (double[])[.. t, p]));

    private static double Value(Expr e, double[] x) =>
        new Map(e).Evaluate(new EvaluationContext([.. x.Select(DoubleTensor.Scalar)], new Dictionary<string, long>(), Differences.Uniform))[0].Data[0];
}
