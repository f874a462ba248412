using System.Globalization;

namespace NetGen.Generator;

/// <summary>Numbers as C#: invariant, exact, and the same on every machine.</summary>
internal static class Literal
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A set of bits: <c>0x5UL</c>.</summary>
    public static string Bits(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture) + "UL";

    /// <summary>The float nearest to the value. G9 gives every float back exactly; what has no literal is named.</summary>
    public static string Single(double value)
    {
        float single = (float)value;
        return float.IsNaN(single) ? "float.NaN"
            : float.IsPositiveInfinity(single) ? "float.PositiveInfinity"
            : float.IsNegativeInfinity(single) ? "float.NegativeInfinity"
            : single == 0 && 1 / single < 0 ? "-0f"
            : single.ToString("G9", CultureInfo.InvariantCulture) + "f";
    }

    /// <summary>A dimension as an expression over the sizes' names: <c>(nint)128 * n</c>.</summary>
    public static string Size(Dim dim)
    {
        if (dim.IsConstant)
        {
            return Of(dim.Scale);
        }

        string symbols = string.Join(" * ", dim.Symbols.Select(Symbol));
        return dim.Scale == 1 ? symbols : Of(dim.Scale) + " * " + symbols;
    }

    private static string Symbol(Symbol symbol) => symbol switch
    {
        NamedSymbol or WindowSymbol => symbol.Name,
        DerivedSymbol { Divisor: 1 } sum => $"({Size(sum.Of)} + {Of(sum.Offset)})",
        DerivedSymbol derived => $"(({Size(derived.Of)} + {Of(derived.Offset)}) / {Of(derived.Divisor)})",
        _ => throw new InvalidOperationException(symbol.Name),
    };

    /// <summary>A text as a C# string literal.</summary>
    public static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);
}
