namespace NetGen.Generator;

/// <summary>A name part for an expression in a kernel's name: <c>_Relu</c>, <c>_AddRelu</c>. Different expressions get different names.</summary>
internal static class EpilogueNames
{
    public static string Of(Epilogue epilogue) => epilogue == Epilogue.None ? "" : "_" + Of([epilogue.Body], epilogue.Operands.Select(o => o == EpilogueOperand.Row ? "r" : "f"));

    /// <summary>The functions' names in order of evaluation; a hash tells apart what they leave open (constants, wiring).</summary>
    public static string Of(IEnumerable<Expr> bodies, IEnumerable<string> details)
    {
        List<string> functions = [.. bodies.SelectMany(b => b.Subexpressions()).OfType<CallExpr>().Select(c => c.Function.Name).Take(4)];
        string text = string.Join(";", bodies) + "|" + string.Join(",", details);
        return string.Concat(functions) + "_" + StableHash.Of(text).Substring(0, 8);
    }
}
