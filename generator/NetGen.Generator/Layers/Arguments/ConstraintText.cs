namespace NetGen.Generator;

/// <summary>Keras's constraints as an argument's text.</summary>
internal static class ConstraintText
{
    public static readonly ConstructorRow[] Rows =
    [
        new("NonNeg"),
        new("UnitNorm", new ConstructorParameter("axis", IsInteger: true, Least: 0)),
        new("MaxNorm", new("maxValue", Least: 0), new("axis", IsInteger: true, Least: 0)),
        new("MinMaxNorm", new("minValue", Least: 0), new("maxValue", Least: 0), new("rate", Least: 0), new("axis", IsInteger: true, Least: 0)),
    ];

    /// <summary>The call as C# after <c>new</c>: <c>MaxNorm(maxValue: 3)</c>.</summary>
    public static string Parse(string text, SymbolTable symbols) => ConstructorText.Parse(text, Rows, "constraint", symbols);
}
