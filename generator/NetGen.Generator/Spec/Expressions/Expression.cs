using System.Globalization;

namespace NetGen.Generator;

/// <summary>
/// The language of arguments inside blocks: integers, numbers, booleans and enum members; <c>+ - * / %</c> (of two integers an integer, as in C#),
/// comparison, <c>&amp;&amp; || !</c>, <c>?:</c>, and the functions of <see cref="ExpressionFunctions"/>. Where a condition decides, the branch
/// that is not taken is read but not evaluated, so that <c>n == 0 ? 1 : 8 / n</c> is safe.
/// </summary>
internal static class Expression
{
    /// <summary>Longer texts are refused, so that reading one is bounded.</summary>
    public const int MaximumLength = 2000;

    /// <summary>The value of an expression.</summary>
    /// <exception cref="ExpressionException">The text is no expression, names an unknown symbol, or its arithmetic fails.</exception>
    public static ArgumentValue Evaluate(string text, SymbolTable symbols)
    {
        if (text.Length > MaximumLength)
        {
            throw new ExpressionException($"The expression has {text.Length} characters; at most {MaximumLength} are read.", MaximumLength);
        }

        return new ExpressionReader(text, symbols).Read();
    }

    /// <summary>A name with its <c>{expressions}</c> replaced by their values: <c>conv{i}_{stage + 1}</c>. <c>{{</c> and <c>}}</c> stand for braces.</summary>
    /// <exception cref="ExpressionException">A brace is not closed, or an expression fails.</exception>
    public static string Format(string template, SymbolTable symbols)
    {
        System.Text.StringBuilder text = new();
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                int end = template.IndexOf('}', i);
                if (end < 0)
                {
                    throw new ExpressionException($"The brace at character {i} of '{template}' is not closed.", i);
                }

                text.Append(Evaluate(template.Substring(i + 1, end - i - 1), symbols) switch
                {
                    TextValue value => value.Value,
                    EnumValue value => value.Member,
                    ArgumentValue value => value.ToString(),
                });
                i = end;
            }
            else if (c == '}')
            {
                throw new ExpressionException($"The brace at character {i} of '{template}' closes nothing.", i);
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>What a value is, for messages.</summary>
    public static string Describe(ArgumentValue value) => value switch
    {
        IntegerValue => "an integer",
        NumberValue => "a number",
        BooleanValue => "a boolean",
        TextValue => "a text",
        EnumValue e => "a member of " + e.Type,
        _ => "a list",
    };

    /// <summary>The number that an integer or number stands for, or null.</summary>
    public static double? ToNumber(ArgumentValue value) => value switch
    {
        IntegerValue integer => integer.Value,
        NumberValue number => number.Value,
        _ => null,
    };

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
