using CsCheck;

namespace NetGen.Generator.Tests;

public sealed class ExpressionTests
{
    private static readonly SymbolTable Symbols = new()
    {
        ["filters"] = new IntegerValue(64),
        ["strides"] = new IntegerValue(2),
        ["rate"] = new NumberValue(0.5),
        ["wide"] = new BooleanValue(true),
        ["name"] = new TextValue("stage"),
        ["activation"] = new EnumValue("Activation", "ReLU"),
    };

    [Theory]
    [InlineData("4 * filters", "256")]
    [InlineData("filters / 3", "21")]
    [InlineData("filters / 3.0 > 21", "true")]
    [InlineData("-filters % 5", "-4")]
    [InlineData("1 + 2 * 3 - 4", "3")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("strides == 1 ? 8 : filters", "64")]
    [InlineData("strides == 0 ? 0 : filters / strides", "32")]
    [InlineData("strides != 0 && filters / strides == 32", "true")]
    [InlineData("strides == 2 || filters / 0 == 1", "true")]
    [InlineData("!wide || !!wide", "true")]
    [InlineData("1 < 2 == true", "true")]
    [InlineData("wide ? strides == 1 ? 1 : 2 : 3", "2")]
    [InlineData("min(filters, strides, 7)", "2")]
    [InlineData("max(1, 2.5)", "2.5")]
    [InlineData("max(3, 2.5)", "3")]
    [InlineData("floor(filters * rate)", "32")]
    [InlineData("ceil(2.1)", "3")]
    [InlineData("round(2.5)", "2")]
    [InlineData("divisible(24 * 0.75, 8)", "24")]
    [InlineData("divisible(32 * 0.35, 8)", "16")]
    [InlineData("divisible(3, 8)", "8")]
    [InlineData("letter(0)", "\"a\"")]
    [InlineData("letter(strides + 23) == 'z'", "true")]
    [InlineData("activation == Activation.ReLU", "true")]
    [InlineData("name == 'stage'", "true")]
    [InlineData("1e3", "1000")]
    [InlineData(".5", "0.5")]
    public void Evaluates(string text, string expected) => Assert.Equal(expected, Expression.Evaluate(text, Symbols).ToString());

    [Theory]
    [InlineData("filtres * 2", 0, "filters", "no symbol 'filtres'")]
    [InlineData("2 * mni(1, 2)", 4, "min", "no function 'mni'")]
    [InlineData("1 +", 3, null, "expected a value, found the end")]
    [InlineData("1 2", 2, null, "expected the end, found '2'")]
    [InlineData("(1", 2, null, "expected ')', found the end")]
    [InlineData("1 / 0", 2, null, "division by zero")]
    [InlineData("9223372036854775807 + 1", 20, null, "too large")]
    [InlineData("wide + 1", 5, null, "+ takes numbers, not a boolean")]
    [InlineData("1 && wide", 0, null, "&& takes a boolean, not an integer")]
    [InlineData("wide == 1", 5, null, "== compares a boolean with an integer")]
    [InlineData("floor(1, 2)", 0, null, "floor takes 1 arguments, not 2")]
    [InlineData("divisible(8, 0)", 0, null, "divisor above 0")]
    [InlineData("divisible(0 * 8, 8)", 0, null, "divisible takes a number above 0, not 0")]
    [InlineData("letter(26)", 0, null, "an integer from 0 to 25, not 26")]
    [InlineData("letter(0.5)", 0, null, "not 0.5")]
    [InlineData("1.2.3", 0, null, "'1.2.3' is no number")]
    [InlineData("", 0, null, "expected a value")]
    [InlineData("'x", 0, null, "not closed")]
    [InlineData("#", 0, null, "found '#'")]
    public void Tells_what_is_wrong_and_where(string text, int position, string? suggestion, string message)
    {
        ExpressionException e = Assert.Throws<ExpressionException>(() => Expression.Evaluate(text, Symbols));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Equal((position, suggestion), (e.Position, e.Suggestion));
    }

    [Theory]
    [InlineData("conv{strides}_{strides + 1}", "conv2_3")]
    [InlineData("{name}_block{{x}}", "stage_block{x}")]
    [InlineData("plain", "plain")]
    [InlineData("block{strides}{letter(strides)}", "block2c")]
    [InlineData("{activation}", "ReLU")]
    public void Formats_names(string template, string expected) => Assert.Equal(expected, Expression.Format(template, Symbols));

    [Theory]
    [InlineData("a{1")]
    [InlineData("a}")]
    [InlineData("{}")]
    public void Refuses_broken_templates(string template) => Assert.Throws<ExpressionException>(() => Expression.Format(template, Symbols));

    [Fact]
    public void Nesting_is_limited()
    {
        Assert.Throws<ExpressionException>(() => Expression.Evaluate(new string('(', 900) + "1" + new string(')', 900), Symbols));
        Assert.Throws<ExpressionException>(() => Expression.Evaluate(new string('-', 1900) + "1", Symbols));
        Assert.Throws<ExpressionException>(() => Expression.Evaluate(new string('1', 5000), Symbols));
        Assert.Equal("900", Expression.Evaluate(string.Join("+", Enumerable.Repeat("1", 900)), Symbols).ToString());
    }

    [Fact]
    public void Any_text_is_a_value_or_an_ExpressionException()
    {
        string[] tokens = ["filters", "strides", "wide", "name", "1", "0", "2.5", "9223372036854775807", "+", "-", "*", "/", "%", "(", ")", ",", "?", ":", "==", "<", "&&", "||", "!", "min", "divisible", "(", ".", "'", "e", " "];
        Gen.OneOf(Gen.Int[0, tokens.Length - 1].Array[0, 20].Select(a => string.Concat(a.Select(i => tokens[i]))), Gen.String[0, 30]).Sample(
            text =>
            {
                try
                {
                    _ = Expression.Evaluate(text, Symbols);
                    _ = Expression.Format(text, Symbols);
                }
                catch (ExpressionException e)
                {
                    Assert.InRange(e.Position, 0, text.Length);
                }
            },
            iter: 20_000);
    }
}
