using System.Globalization;

namespace NetGen.Generator;

/// <summary>Keras's regularizers as an argument's text.</summary>
internal static class RegularizerText
{
    public static readonly ConstructorRow[] Rows =
    [
        new("L1", new ConstructorParameter("l1", Least: 0)),
        new("L2", new ConstructorParameter("l2", Least: 0)),
        new("L1L2", new("l1", Least: 0), new("l2", Least: 0)),
        new("OrthogonalRegularizer", new("factor", Least: 0), new("mode", Words: ["rows", "columns"])),
    ];

    /// <summary>The factors of the sums of magnitudes and of squares that a call, as <see cref="Parse"/> gives it, stands for; null where it is no such sum.</summary>
    public static (double L1, double L2)? Factors(string call)
    {
        string name = call.Substring(0, call.IndexOf('('));
        double fallback = name == "L1L2" ? 0 : 0.01;
        return name switch
        {
            "L1" => (Of("l1"), 0),
            "L2" => (0, Of("l2")),
            "L1L2" => (Of("l1"), Of("l2")),
            _ => null,
        };

        double Of(string parameter)
        {
            int at = call.IndexOf(parameter + ": ", StringComparison.Ordinal), start = at + parameter.Length + 2;
            return at < 0 ? fallback : double.Parse(call.Substring(start, call.IndexOfAny([',', ')'], start) - start), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The call as C# after <c>new</c>: <c>L2(l2: 0.001)</c>.</summary>
    public static string Parse(string text, SymbolTable symbols) => ConstructorText.Parse(text, Rows, "regularizer", symbols);
}
