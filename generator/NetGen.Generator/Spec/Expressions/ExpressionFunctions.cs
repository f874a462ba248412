namespace NetGen.Generator;

/// <summary>The functions of the expression language.</summary>
internal static class ExpressionFunctions
{
    private static readonly Dictionary<string, (int Least, int Most, Func<ArgumentValue[], ArgumentValue> Function)> Rows = new(StringComparer.Ordinal)
    {
        ["min"] = (1, 16, a => Extreme(a, (x, y) => x < y)),
        ["max"] = (1, 16, a => Extreme(a, (x, y) => x > y)),
        ["floor"] = (1, 1, a => Whole(a[0], Math.Floor)),
        ["ceil"] = (1, 1, a => Whole(a[0], Math.Ceiling)),
        ["round"] = (1, 1, a => Whole(a[0], x => Math.Round(x, MidpointRounding.ToEven))),
        ["divisible"] = (2, 3, Divisible),
        ["letter"] = (1, 1, Letter),
    };

    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The value of a call. Throws <see cref="ArgumentException"/> or <see cref="ArithmeticException"/> with a reason for people.</summary>
    public static ArgumentValue Call(string name, ArgumentValue[] arguments)
    {
        (int least, int most, Func<ArgumentValue[], ArgumentValue> function) = Rows[name];
        if (arguments.Length < least || arguments.Length > most)
        {
            throw new ArgumentException($"{name} takes {(least == most ? $"{least}" : $"{least} to {most}")} arguments, not {arguments.Length}");
        }

        return Array.Find(arguments, a => Expression.ToNumber(a) is null) is { } wrong
            ? throw new ArgumentException($"{name} takes numbers, not {Expression.Describe(wrong)}")
            : function(arguments);
    }

    public static bool Contains(string name) => Rows.ContainsKey(name);

    /// <summary>A whole double as an integer value.</summary>
    public static IntegerValue ToInteger(double value) =>
        Math.Abs(value) < 9e15 ? new IntegerValue((long)value) : throw new ArithmeticException($"{Expression.Text(value)} is too large for an integer");

    private static ArgumentValue Extreme(ArgumentValue[] arguments, Func<double, double, bool> isBetter)
    {
        ArgumentValue best = arguments[0];
        foreach (ArgumentValue argument in arguments)
        {
            if (isBetter(Expression.ToNumber(argument)!.Value, Expression.ToNumber(best)!.Value))
            {
                best = argument;
            }
        }

        // As in C#, one number among integers makes the result a number.
        return best is IntegerValue && arguments.Any(a => a is NumberValue) ? new NumberValue(Expression.ToNumber(best)!.Value) : best;
    }

    private static ArgumentValue Whole(ArgumentValue value, Func<double, double> round) =>
        value is IntegerValue ? value : ToInteger(round(Expression.ToNumber(value)!.Value));

    /// <summary>
    /// The multiple of a divisor nearest to a value, at least the divisor (or the third argument) and not below nine tenths of the value: how MobileNet and
    /// EfficientNet round their channels.
    /// </summary>
    private static ArgumentValue Divisible(ArgumentValue[] arguments)
    {
        double value = Expression.ToNumber(arguments[0])!.Value;
        double divisor = Expression.ToNumber(arguments[1])!.Value;
        if (!(divisor > 0))
        {
            throw new ArgumentException($"divisible takes a divisor above 0, not {Expression.Text(divisor)}");
        }

        // Rounded up it would be the least: a factor of 0 or below it is a mistake that no layer would see.
        if (!(value > 0))
        {
            throw new ArgumentException($"divisible takes a number above 0, not {Expression.Text(value)}");
        }

        double least = arguments.Length == 3 ? Expression.ToNumber(arguments[2])!.Value : divisor;
        double multiple = Math.Max(least, Math.Floor((value + (divisor / 2)) / divisor) * divisor);
        return ToInteger(multiple < 0.9 * value ? multiple + divisor : multiple);
    }

    /// <summary>The small letter of a number, 'a' for 0: how EfficientNet counts the units of a stage.</summary>
    private static ArgumentValue Letter(ArgumentValue[] arguments) =>
        arguments[0] is IntegerValue { Value: >= 0 and < 26 and var place } ? new TextValue(((char)('a' + place)).ToString())
            : throw new ArgumentException($"letter takes an integer from 0 to 25, not {Expression.Text(Expression.ToNumber(arguments[0])!.Value)}");
}
