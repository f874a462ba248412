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
        ["StraightThrough"] = (w, a) => a[1],
        ["Fmod"] = (w, a) => w.Node("Mod", a, OnnxWriter.Attribute("fmod", 1)),
        ["Truncate"] = (w, a) => w.Node("Mul", [w.Node("Sign", a), w.Node("Floor", [w.Node("Abs", a)])]),
        ["RoundToHalf"] = (w, a) => Through(w, a[0], type: 10),
        ["RoundToBFloat16"] = (w, a) => Through(w, a[0], type: 16),
    };

    /// <summary>Activations that ONNX has as operators: their formulas of x0 with a number x1, the operator, and what it calls the number; or its attributes.</summary>
    private static readonly (Expr Formula, string Op, string Number, string[] Attributes)[] Activations =
    [
        (Parametric(ActivationExpressions.LeakyReLU), "LeakyRelu", "alpha", []),
        (Parametric(ActivationExpressions.ELU), "Elu", "alpha", []),
        (ActivationExpressions.ELU(Expr.In(0), 1), "Elu", "", []),
        (ActivationExpressions.SELU(Expr.In(0)), "Selu", "", []),
        (ActivationExpressions.HardSigmoid(Expr.In(0)), "HardSigmoid", "", [OnnxWriter.Attribute("alpha", 1 / 6.0), OnnxWriter.Attribute("beta", 0.5)]),
        (Expr.In(0) * ActivationExpressions.HardSigmoid(Expr.In(0)), "HardSwish", "", []),
        (Expr.In(0) / (Expr.Call("Abs", Expr.In(0)) + 1), "Softsign", "", []),
    ];

    private static readonly HashSet<string> Logical = ["And", "Or", "Xor"];

    private const int Float = 1;

    private readonly Dictionary<Expr, string> numbers = [];
    private readonly Dictionary<Expr, string> truths = [];

    /// <summary>The expression as a value of numbers.</summary>
    public string Number(Expr e)
    {
        // Arguments before their calls: a long expression would be a deep recursion.
        HashSet<Expr> needed = this.Needed(e);
        foreach (Expr part in e.Subexpressions().Where(needed.Contains))
        {
            this.NumberOf(part);
        }

        return this.NumberOf(e);
    }

    /// <summary>The subexpressions of which nodes are made: not those within an activation that is one node.</summary>
    private HashSet<Expr> Needed(Expr e)
    {
        HashSet<Expr> needed = [e];
        Stack<Expr> open = new([e]);
        while (open.Count > 0)
        {
            if (open.Pop() is CallExpr call)
            {
                IEnumerable<Expr> parts = FindActivation(call) is { } activation ? [activation.Argument] : call.Arguments;
                foreach (Expr part in parts.Where(needed.Add))
                {
                    open.Push(part);
                }
            }
        }

        return needed;
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
        if (FindActivation(call) is { } activation)
        {
            return writer.Node(activation.Op, [this.NumberOf(activation.Argument)], activation.Attributes);
        }

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

    /// <summary>The activation that an expression is, and of what.</summary>
    private static (string Op, Expr Argument, string[] Attributes)? FindActivation(CallExpr call)
    {
        foreach ((Expr formula, string op, string name, string[] attributes) in Activations)
        {
            Expr?[] bound = new Expr?[2];
            if (Matches(formula, call, bound) && (name.Length == 0 || bound[1] is ConstantExpr))
            {
                return (op, bound[0]!, bound[1] is ConstantExpr number ? [OnnxWriter.Attribute(name, number.Value)] : attributes);
            }
        }

        return null;
    }

    /// <summary>Whether an expression is a formula with something in the places of its inputs.</summary>
    private static bool Matches(Expr formula, Expr e, Expr?[] bound)
    {
        if (formula is InputExpr input)
        {
            bound[input.Index] ??= e;
            return bound[input.Index] == e;
        }

        return formula is CallExpr call ? e is CallExpr other && other.Function == call.Function && call.Arguments.Zip(other.Arguments, (f, a) => Matches(f, a, bound)).All(m => m) : formula == e;
    }

    /// <summary>A formula with a number, which must be one that is not folded away, with an input in its place.</summary>
    private static Expr Parametric(Func<Expr, double, Expr> formula)
    {
        const double Number = 0.123456789;
        return Replaced(formula(Expr.In(0), Number));

        static Expr Replaced(Expr e) => e switch
        {
            ConstantExpr { Value: Number } => Expr.In(1),
            CallExpr call => call with { Arguments = call.Arguments.Select(Replaced).ToEquatableArray() },
            _ => e,
        };
    }

    /// <summary>Rounded to a narrower type of element.</summary>
    private static string Through(OnnxWriter writer, string x, long type) =>
        writer.Node("Cast", [writer.Node("Cast", [x], OnnxWriter.Attribute("to", type))], OnnxWriter.Attribute("to", Float));
}
