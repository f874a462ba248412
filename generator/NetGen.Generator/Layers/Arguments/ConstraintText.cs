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
}
