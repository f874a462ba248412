namespace NetGen.Generator;

/// <summary>
/// Every function that a <see cref="Map"/> may hold: value, derivative and vector form stand in one row. Add a function: add a row;
/// the tests take each row through finite differences and all code paths.
/// </summary>
internal static class ScalarTable
{
    private static readonly Dictionary<string, ScalarFunction> Rows = new ScalarFunction[]
    {
        new("Add", 2, a => a[0] + a[1], (a, y) => [1, 1], "({0} + {1})"),
        new("Sub", 2, a => a[0] - a[1], (a, y) => [1, -1], "({0} - {1})"),
        new("Mul", 2, a => a[0] * a[1], (a, y) => [a[1], a[0]], "({0} * {1})"),
        new("Div", 2, a => a[0] / a[1], (a, y) => [1.0 / a[1], -(y / a[1])], "({0} / {1})"),
        new("Neg", 1, a => -a[0], (a, y) => [-1], "(-{0})"),
        new("Abs", 1, a => Math.Abs(a[0]), (a, y) => [Expr.Call("Sign", a[0])], "{V}.Abs({0})"),
        new("Sign", 1, a => double.IsNaN(a[0]) ? double.NaN : Math.Sign(a[0]), (a, y) => [null], "VectorMath.Sign({0})"),
        new("Sqrt", 1, a => Math.Sqrt(a[0]), (a, y) => [0.5 / y], "{V}.Sqrt({0})"),
        new("Exp", 1, a => Math.Exp(a[0]), (a, y) => [y], "VectorMath.Exp({0})") { IsCostly = true },
        new("Expm1", 1, a => Expm1(a[0]), (a, y) => [y + 1], "VectorMath.Expm1({0})") { IsCostly = true },
        new("Log", 1, a => Math.Log(a[0]), (a, y) => [1.0 / a[0]], "VectorMath.Log({0})") { IsCostly = true },
        new("Log1p", 1, a => Log1p(a[0]), (a, y) => [1.0 / (a[0] + 1)], "VectorMath.Log1p({0})") { IsCostly = true },
        new("Tanh", 1, a => Math.Tanh(a[0]), (a, y) => [1 - (y * y)], "VectorMath.Tanh({0})") { IsCostly = true },
        new("Sigmoid", 1, a => Sigmoid(a[0]), (a, y) => [y * (1 - y)], "VectorMath.Sigmoid({0})") { IsCostly = true },
        new("Softplus", 1, a => Softplus(a[0]), (a, y) => [Expr.Call("Sigmoid", a[0])], "VectorMath.Softplus({0})") { IsCostly = true },
        new("Erf", 1, a => Erf(a[0]), (a, y) => [2 / Math.Sqrt(Math.PI) * Expr.Call("Exp", -(a[0] * a[0]))], "VectorMath.Erf({0})") { IsCostly = true },
        new("Pow", 2, a => Math.Pow(a[0], a[1]), (a, y) => [a[1] * Expr.Call("Pow", a[0], a[1] - 1), a[1] is ConstantExpr ? null : y * Expr.Call("Log", a[0])], "VectorMath.Pow({0}, {1})") { IsCostly = true },
        new("Relu", 1, a => a[0] > 0 ? a[0] : a[0] <= 0 ? 0 : double.NaN, (a, y) => [Expr.Call("Greater", y, 0)], "VectorMath.Relu({0})"),
        new("Max", 2, a => Math.Max(a[0], a[1]), (a, y) => [Expr.Call("GreaterOrEqual", a[0], a[1]), Expr.Call("Less", a[0], a[1])], "{V}.Max({0}, {1})"),
        new("Min", 2, a => Math.Min(a[0], a[1]), (a, y) => [Expr.Call("LessOrEqual", a[0], a[1]), Expr.Call("Greater", a[0], a[1])], "{V}.Min({0}, {1})"),
        new("Floor", 1, a => Math.Floor(a[0]), (a, y) => [null], "{V}.Floor({0})"),
        new("Greater", 2, a => a[0] > a[1] ? 1 : 0, (a, y) => [null, null], "{V}.GreaterThan({0}, {1})") { IsMask = true },
        new("GreaterOrEqual", 2, a => a[0] >= a[1] ? 1 : 0, (a, y) => [null, null], "{V}.GreaterThanOrEqual({0}, {1})") { IsMask = true },
        new("Less", 2, a => a[0] < a[1] ? 1 : 0, (a, y) => [null, null], "{V}.LessThan({0}, {1})") { IsMask = true },
        new("LessOrEqual", 2, a => a[0] <= a[1] ? 1 : 0, (a, y) => [null, null], "{V}.LessThanOrEqual({0}, {1})") { IsMask = true },
        new("Equal", 2, a => a[0] == a[1] ? 1 : 0, (a, y) => [null, null], "{V}.Equals({0}, {1})") { IsMask = true },
        new("NotEqual", 2, a => a[0] != a[1] ? 1 : 0, (a, y) => [null, null], "~{V}.Equals({0}, {1})") { IsMask = true },
        // The argument as a constant for the backward half: statistics that a correction is made of (batch renormalization).
        new("Detach", 1, a => a[0], (a, y) => [null], "{0}"),
        // The condition counts as true where it is not 0.
        new("Where", 3, a => a[0] != 0 ? a[1] : a[2], (a, y) => [null, Expr.Call("Where", a[0], 1, 0), Expr.Call("Where", a[0], 0, 1)], "{V}.ConditionalSelect({0}, {1}, {2})"),
    }.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<ScalarFunction> All => Rows.Values;

    public static ScalarFunction Get(string name) =>
        Rows.TryGetValue(name, out ScalarFunction? row) ? row : throw new ArgumentException($"There is no scalar function {name}.");

    private static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double Softplus(double x) => x > 0 ? x + Log1p(Math.Exp(-x)) : Log1p(Math.Exp(x));

    /// <summary>log(1 + x) by the correction of Kahan: exact to rounding where 1 + x loses digits.</summary>
    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    /// <summary>exp(x) - 1 by the correction of Kahan.</summary>
    private static double Expm1(double x)
    {
        double u = Math.Exp(x);
        double d = u - 1;
        return u == 1 ? x : d == -1 || double.IsInfinity(u) ? d : d * x / Math.Log(u);
    }

    /// <summary>erf by its series (Abramowitz and Stegun 7.1.6) and, far out, the continued fraction of erfc (7.1.14).</summary>
    private static double Erf(double x)
    {
        double z = Math.Abs(x);
        if (double.IsNaN(x) || z > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        if (z < 2.5)
        {
            double term = z, sum = z;
            for (int k = 1; Math.Abs(term) > 1e-18 * sum; k++)
            {
                term *= 2 * z * z / ((2 * k) + 1);
                sum += term;
            }

            return Math.Sign(x) * 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
        }

        double fraction = 0;
        for (int k = 80; k > 0; k--)
        {
            fraction = k / 2.0 / (z + fraction);
        }

        return Math.Sign(x) * (1 - (Math.Exp(-z * z) / Math.Sqrt(Math.PI) / (z + fraction)));
    }
}
