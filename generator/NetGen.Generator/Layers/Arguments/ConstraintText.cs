using System.Globalization;

namespace NetGen.Generator;

/// <summary>Keras's constraints as an argument's text.</summary>
internal static class ConstraintText
{
    private static readonly ConstructorParameter Axis = new("axis", IsInteger: true) { IsList = true };

    public static readonly ConstructorRow[] Rows =
    [
        new("NonNeg"),
        new("UnitNorm", Axis),
        new("MaxNorm", new("maxValue", Least: 0) { Default = "2" }, Axis),
        new("MinMaxNorm", new("minValue", Least: 0) { Default = "0" }, new("maxValue", Least: 0) { Default = "1" }, new("rate", Least: 0) { Default = "1" }, Axis),
    ];

    /// <summary>The call as C# after <c>new</c>: <c>MaxNorm(maxValue: 3)</c>.</summary>
    public static string Parse(string text, SymbolTable symbols) => ConstructorText.Parse(text, Rows, "constraint", symbols);

    /// <summary>The axes that a call, as <see cref="Parse"/> gives it, names; none where it leaves them to their default.</summary>
    public static IEnumerable<int> Axes(string call)
    {
        const string Argument = "axis: ";
        int at = call.IndexOf(Argument, StringComparison.Ordinal);
        return at < 0 ? []
            : call.Substring(at + Argument.Length).Replace("new[]", "").Split(['{', '}', ',', ' ', ')'], StringSplitOptions.RemoveEmptyEntries).Select(a => int.Parse(a, CultureInfo.InvariantCulture));
    }
}
