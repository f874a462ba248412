using System.Reflection;

namespace NetGen.Generator.Tests;

public sealed class ConstructorTextTests
{
    private static readonly SymbolTable Symbols = new() { ["sigma"] = new NumberValue(0.25) };

    [Theory]
    [InlineData("HeNormal", "HeNormal()")]
    [InlineData("he_normal", "HeNormal()")]
    [InlineData(" GlorotUniform ( ) ", "GlorotUniform()")]
    [InlineData("RandomNormal(stddev: 0.02)", "RandomNormal(stddev: 0.02)")]
    [InlineData("RandomNormal(0, 2 * sigma, seed: 7)", "RandomNormal(mean: 0, stddev: 0.5, seed: 7)")]
    [InlineData("RandomUniform(maxval: 1, minval: -(1 + 1))", "RandomUniform(minval: -2, maxval: 1)")]
    [InlineData("VarianceScaling(mode: \"fan_avg\", scale: max(1, 3))", "VarianceScaling(scale: 3, mode: \"fan_avg\")")]
    [InlineData("RandomNormal(stddev = 0.02)", "RandomNormal(stddev: 0.02)")]
    [InlineData("random_normal(stddev=sigma, seed=3)", "RandomNormal(stddev: 0.25, seed: 3)")]
    [InlineData("RandomNormal(sigma == 0.25 ? 1 : 2)", "RandomNormal(mean: 1)")]
    [InlineData("Constant(1e-5)", "Constant(value: 1E-05)")]
    public void Initializers_are_normalized(string text, string expected) => Assert.Equal(expected, InitializerText.Parse(text, Symbols));

    [Theory]
    [InlineData("MaxNorm(3)", "MaxNorm(maxValue: 3)")]
    [InlineData("max_norm(axis: [0, 1, 2])", "MaxNorm(maxValue: 2, axis: new[] { 0, 1, 2 })")]
    [InlineData("UnitNorm(-1)", "UnitNorm(axis: -1)")]
    public void Constraints_are_normalized(string text, string expected) => Assert.Equal(expected, ConstraintText.Parse(text, Symbols));

    [Theory]
    [InlineData("HeNoraml", "HeNormal", "no initializer 'HeNoraml'")]
    [InlineData("HeNormal(", null, "not closed")]
    [InlineData("RandomNormal(std: 1)", null, "no parameter 'std'")]
    [InlineData("RandomNormal(stddev: -1)", null, "at least 0, not -1")]
    [InlineData("RandomNormal(1, 2, 3, 4)", null, "3 parameters, not 4")]
    [InlineData("RandomNormal(1, mean: 2)", null, "given twice")]
    [InlineData("RandomNormal(seed: 1.5)", null, "an integer, not 1.5")]
    [InlineData("RandomNormal(stddev: tau)", null, "no symbol 'tau'")]
    [InlineData("VarianceScaling(mode: fan_inn)", "fan_in", "one of fan_in")]
    [InlineData("", null, "no initializer ''")]
    public void Wrong_texts_are_told(string text, string? suggestion, string message)
    {
        ExpressionException e = Assert.Throws<ExpressionException>(() => InitializerText.Parse(text, Symbols));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(suggestion, e.Suggestion);
    }

    [Fact]
    public void Every_row_is_a_class_of_the_runtime_with_those_parameters()
    {
        foreach (ConstructorRow row in InitializerText.Rows.Concat(RegularizerText.Rows).Concat(ConstraintText.Rows))
        {
            Type? type = typeof(Initializer).Assembly.GetType("NetGen." + row.Name);
            Assert.NotNull(type);
            Assert.Contains(type.GetConstructors(), c => row.Parameters.Select(p => p.Name).SequenceEqual(c.GetParameters().Select(p => p.Name)));
        }
    }
}
