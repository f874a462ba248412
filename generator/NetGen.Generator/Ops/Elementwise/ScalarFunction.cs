namespace NetGen.Generator;

/// <summary>A function of numbers: one row of <see cref="ScalarTable"/>.</summary>
/// <param name="name">The ONNX name.</param>
/// <param name="arity">How many arguments.</param>
/// <param name="evaluate">The value in double precision.</param>
/// <param name="derivative">
/// From the arguments and the result the partial derivatives, null where one is zero. A rule that can be written in the result (tanh, relu) is,
/// because the result is kept anyway by the layer that follows.
/// </param>
/// <param name="emit">
/// C# of the vector form: {V} is the vector class, {0}, {1}, ... the arguments. Comparisons give lane masks.
/// </param>
internal sealed class ScalarFunction(
    string name,
    int arity,
    Func<double[], double> evaluate,
    Func<Expr[], Expr, Expr?[]> derivative,
    string emit) : IEquatable<ScalarFunction>
{
    public string Name { get; } = name;

    public int Arity { get; } = arity;

    public string Emission { get; } = emit;

    /// <summary>Comparisons: 1 or 0 as a number, a lane mask in emitted code.</summary>
    public bool IsMask { get; init; }

    /// <summary>A polynomial of many instructions: a product's epilogue does not take it into its register tile.</summary>
    public bool IsCostly { get; init; }

    public double Evaluate(params double[] arguments) => evaluate(arguments);

    public Expr?[] Derivative(Expr[] arguments, Expr result) => derivative(arguments, result);

    /// <summary>The call, with constants folded and neutral elements dropped.</summary>
    public Expr Apply(params Expr[] arguments)
    {
        if (arguments.Length != this.Arity)
        {
            throw new ArgumentException($"{this.Name} takes {this.Arity} arguments, not {arguments.Length}.");
        }

        if (arguments.All(a => a is ConstantExpr))
        {
            return new ConstantExpr(this.Evaluate([.. arguments.Select(a => ((ConstantExpr)a).Value)]));
        }

        return (this.Name, arguments) switch
        {
            ("Add", [var a, ConstantExpr { Value: 0 }]) => a,
            ("Add", [ConstantExpr { Value: 0 }, var b]) => b,
            ("Sub", [var a, ConstantExpr { Value: 0 }]) => a,
            ("Mul", [var a, ConstantExpr { Value: 1 }]) => a,
            ("Mul", [ConstantExpr { Value: 1 }, var b]) => b,
            ("Mul", [var a, ConstantExpr { Value: -1 }]) => ScalarTable.Get("Neg").Apply(a),
            // A number that a condition lets through or not, as a choice: what is not chosen need not be computed.
            ("Mul", [var a, CallExpr { Function.Name: "Where", Arguments: [var c, ConstantExpr { Value: 1 }, ConstantExpr { Value: 0 }] }]) => ScalarTable.Get("Where").Apply(c, a, 0),
            ("Mul", [var a, CallExpr { Function.Name: "Where", Arguments: [var c, ConstantExpr { Value: 0 }, ConstantExpr { Value: 1 }] }]) => ScalarTable.Get("Where").Apply(c, 0, a),
            ("Where", [ConstantExpr { Value: var condition }, var a, var b]) => condition != 0 ? a : b,
            ("Div", [var a, ConstantExpr { Value: 1 }]) => a,
            ("Pow", [var a, ConstantExpr { Value: 1 }]) => a,
            ("Pow", [var a, ConstantExpr { Value: 2 }]) => ScalarTable.Get("Mul").Apply(a, a),
            ("Pow", [var a, ConstantExpr { Value: 3 }]) => ScalarTable.Get("Mul").Apply(ScalarTable.Get("Mul").Apply(a, a), a),
            ("Neg", [CallExpr { Function.Name: "Neg" } inner]) => inner.Arguments[0],
            _ => new CallExpr(this, arguments.ToEquatableArray()),
        };
    }

    public bool Equals(ScalarFunction? other) => this.Name == other?.Name;

    public override bool Equals(object? obj) => this.Equals(obj as ScalarFunction);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(this.Name);
}
