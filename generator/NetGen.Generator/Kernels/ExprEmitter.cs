namespace NetGen.Generator;

/// <summary>Prints an expression as vector code, one local a subexpression, in the order in which they are needed.</summary>
internal static class ExprEmitter
{
    /// <summary>Writes the locals and gives the names of the results.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="isa">The path.</param>
    /// <param name="bodies">The expressions; what they share is computed once.</param>
    /// <param name="input">The C# of an input's vector.</param>
    /// <param name="uniform">The C# of a stream's vector of uniform numbers; null where the kernel draws none.</param>
    /// <param name="prefix">Starts the locals' names, so that several calls in one scope do not collide.</param>
    public static string[] Emit(CodeWriter code, Isa isa, IReadOnlyList<Expr> bodies, Func<int, string> input, Func<UniformExpr, string>? uniform, string prefix)
    {
        Dictionary<Expr, string> names = [];
        Dictionary<Expr, int> uses = Uses(bodies);
        int count = 0;
        foreach (Expr e in bodies.SelectMany(b => b.Subexpressions()).Distinct())
        {
            switch (e)
            {
                case InputExpr x:
                    names[e] = input(x.Index);
                    break;
                case ConstantExpr constant:
                    names[e] = constant.Value == 0 && 1 / constant.Value > 0 ? isa.Zero : isa.Create(Literal.Single(constant.Value));
                    break;
                case UniformExpr u:
                    names[e] = (uniform ?? throw new InvalidOperationException("This kernel draws no random numbers."))(u);
                    break;
                // What is used once stands where it is used; the evaluation stays in order, because nothing here has effects.
                case CallExpr call when uses[e] == 1:
                    names[e] = "(" + Call(call) + ")";
                    break;
                case CallExpr call:
                    string name = prefix + count++.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    code.Line($"{isa.Type} {name} = {Call(call)};");
                    names[e] = name;
                    break;
            }
        }

        return [.. bodies.Select(b => Unwrap(Number(b)))];

        string Call(CallExpr call)
        {
            Expr[] arguments = [.. call.Arguments];
            switch (call.Function.Name)
            {
                // A comparison times a number keeps the number's bits or clears them.
                case "Mul" when IsMask(arguments[0]) && !IsMask(arguments[1]):
                    return $"{names[arguments[0]]} & {Number(arguments[1])}";
                case "Mul" when IsMask(arguments[1]) && !IsMask(arguments[0]):
                    return $"{Number(arguments[0])} & {names[arguments[1]]}";
                case "Where":
                    string condition = IsMask(arguments[0]) ? names[arguments[0]] : $"~{isa.Vector}.Equals({Number(arguments[0])}, {isa.Zero})";
                    return $"{isa.Vector}.ConditionalSelect({condition}, {Number(arguments[1])}, {Number(arguments[2])})";
                case "Add" when arguments[0] is CallExpr { Function.Name: "Mul" } product && !IsMask(product.Arguments[0]) && !IsMask(product.Arguments[1]):
                    return $"{isa.MultiplyAdd}({Number(product.Arguments[0])}, {Number(product.Arguments[1])}, {Number(arguments[1])})";
                default:
                    string text = call.Function.Emission.Replace("{V}", isa.Vector);
                    for (int i = 0; i < arguments.Length; i++)
                    {
                        text = text.Replace("{" + i + "}", Number(arguments[i]));
                    }

                    return call.Function.Emission[0] == '(' ? text.Substring(1, text.Length - 2) : text;
            }
        }

        string Number(Expr e) => IsMask(e) ? $"({names[e]} & {isa.Create("1f")})" : names[e];
    }

    private static Dictionary<Expr, int> Uses(IReadOnlyList<Expr> bodies)
    {
        Dictionary<Expr, int> uses = [];
        foreach (Expr used in bodies.Concat(bodies.SelectMany(b => b.Subexpressions()).Distinct().OfType<CallExpr>().SelectMany(c => c.Arguments)))
        {
            uses[used] = uses.TryGetValue(used, out int n) ? n + 1 : 1;
        }

        return uses;
    }

    /// <summary>A result in one pair of parentheses without them.</summary>
    private static string Unwrap(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0 && i < text.Length - 1)
            {
                return text;
            }
        }

        return text.StartsWith("(", StringComparison.Ordinal) ? text.Substring(1, text.Length - 2) : text;
    }

    private static bool IsMask(Expr e) => e is CallExpr { Function.IsMask: true };
}
