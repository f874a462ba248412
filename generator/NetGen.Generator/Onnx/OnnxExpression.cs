namespace NetGen.Generator;

/// <summary>The expressions of a map as ONNX nodes. Truth values are booleans where nodes take them, and 0 and 1 where numbers are meant.</summary>
internal sealed class OnnxExpression(OnnxWriter writer, IReadOnlyList<string> inputs)
{
    /// <summary>Functions whose node has another name, or that are several. All others of the table have ONNX's name.</summary>
    private static readonly Dictionary<string, Func<OnnxWriter, string[], string>> Rows = new(StringComparer.Ordinal)
    {
        ["Expm1"] = (w, a) => w.Node("Sub", [w.Node("Exp", a), w.Scalar(1)]),
        ["Log1p"] = (w, a) => w.Node("Log", [w.Node("Add", [a[0], w.Scalar(1)])]),
        ["Detach"] = (w, a) => a[0],
        ["Fmod"] = (w, a) => w.Node("Mod", a, OnnxWriter.Attribute("fmod", 1)),
        ["Truncate"] = (w, a) => w.Node("Mul", [w.Node("Sign", a), w.Node("Floor", [w.Node("Abs", a)])]),
        ["RoundToHalf"] = (w, a) => Through(w, a[0], type: 10),
        ["RoundToBFloat16"] = (w, a) => Through(w, a[0], type: 16),
    };

    private static readonly HashSet<string> Logical = ["And", "Or", "Xor"];

    private const int Float = 1;

    private readonly Dictionary<Expr, string> numbers = [];
    private readonly Dictionary<Expr, string> truths = [];

    /// <summary>The expression as a value of numbers.</summary>
    public string Number(Expr e)
    {
        // Arguments before their calls: a long expression would be a deep recursion.
        foreach (Expr part in e.Subexpressions())
        {
            this.NumberOf(part);
        }

        return this.NumberOf(e);
    }

    private string NumberOf(Expr e)
    {
        if (!this.numbers.TryGetValue(e, out string? name))
        {
            this.numbers[e] = name = e switch
            {
                InputExpr input => inputs[input.Index],
                ConstantExpr constant => writer.Scalar(constant.Value),
                CallExpr call => this.Call(call),
                _ => throw new NotSupportedException($"{e} has no ONNX form."),
            };
        }

        return name;
    }

    private string Call(CallExpr call)
    {
        string function = call.Function.Name;
        if (call.Function.IsMask)
        {
            return writer.Node("Cast", [this.Truth(call)], OnnxWriter.Attribute("to", Float));
        }

        if (function == "Where")
        {
            return writer.Node("Where", [this.Truth(call.Arguments[0]), this.NumberOf(call.Arguments[1]), this.NumberOf(call.Arguments[2])]);
        }

        string[] arguments = [.. call.Arguments.Select(this.NumberOf)];
        return Rows.TryGetValue(function, out Func<OnnxWriter, string[], string>? row) ? row(writer, arguments) : writer.Node(function, arguments);
    }

    private string Truth(Expr e)
    {
        if (!this.truths.TryGetValue(e, out string? name))
        {
            if (e is CallExpr { Function.IsMask: true } call)
            {
                string[] arguments = [.. call.Arguments.Select(a => Logical.Contains(call.Function.Name) ? this.Truth(a) : this.NumberOf(a))];
                name = call.Function.Name == "NotEqual" ? writer.Node("Not", [writer.Node("Equal", arguments)]) : writer.Node(call.Function.Name, arguments);
            }
            else
            {
                name = writer.Node("Not", [writer.Node("Equal", [this.NumberOf(e), writer.Scalar(0)])]);
            }

            this.truths[e] = name;
        }

        return name;
    }

    /// <summary>Rounded to a narrower type of element.</summary>
    private static string Through(OnnxWriter writer, string x, long type) =>
        writer.Node("Cast", [writer.Node("Cast", [x], OnnxWriter.Attribute("to", type))], OnnxWriter.Attribute("to", Float));
}
