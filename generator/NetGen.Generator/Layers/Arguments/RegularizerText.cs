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

    /// <summary>The call as C# after <c>new</c>: <c>L2(l2: 0.001)</c>.</summary>
    public static string Parse(string text, SymbolTable symbols) => ConstructorText.Parse(text, Rows, "regularizer", symbols);
}
