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
        new("Pow", 2, a => Math.Pow(a[0], a[1]), (a, y) => [a[1] * Expr.Call("Pow", a[0], a[1] - 1), a[1] is ConstantExpr ? null : Expr.Call("Where", Expr.Call("Equal", a[0], 0), 0, y * Expr.Call("Log", a[0]))], "VectorMath.Pow({0}, {1})") { IsCostly = true },
        new("Relu", 1, a => a[0] > 0 ? a[0] : a[0] <= 0 ? 0 : double.NaN, (a, y) => [Expr.Call("Greater", y, 0)], "VectorMath.Relu({0})"),
        new("Max", 2, a => Math.Max(a[0], a[1]), (a, y) => [Expr.Call("GreaterOrEqual", a[0], a[1]), Expr.Call("Less", a[0], a[1])], "{V}.Max({0}, {1})"),
        new("Min", 2, a => Math.Min(a[0], a[1]), (a, y) => [Expr.Call("LessOrEqual", a[0], a[1]), Expr.Call("Greater", a[0], a[1])], "{V}.Min({0}, {1})"),
        new("Sin", 1, a => Math.Sin(a[0]), (a, y) => [Expr.Call("Cos", a[0])], "VectorMath.Sin({0})") { IsCostly = true },
        new("Cos", 1, a => Math.Cos(a[0]), (a, y) => [-Expr.Call("Sin", a[0])], "VectorMath.Cos({0})") { IsCostly = true },
        new("Tan", 1, a => Math.Tan(a[0]), (a, y) => [(y * y) + 1], "VectorMath.Tan({0})") { IsCostly = true },
        new("Asin", 1, a => Math.Asin(a[0]), (a, y) => [1.0 / Expr.Call("Sqrt", 1 - (a[0] * a[0]))], "VectorMath.Asin({0})") { IsCostly = true },
        new("Acos", 1, a => Math.Acos(a[0]), (a, y) => [-1.0 / Expr.Call("Sqrt", 1 - (a[0] * a[0]))], "VectorMath.Acos({0})") { IsCostly = true },
        new("Atan", 1, a => Math.Atan(a[0]), (a, y) => [1.0 / ((a[0] * a[0]) + 1)], "VectorMath.Atan({0})") { IsCostly = true },
        new("Sinh", 1, a => Math.Sinh(a[0]), (a, y) => [Expr.Call("Cosh", a[0])], "VectorMath.Sinh({0})") { IsCostly = true },
        new("Cosh", 1, a => Math.Cosh(a[0]), (a, y) => [Expr.Call("Sinh", a[0])], "VectorMath.Cosh({0})") { IsCostly = true },
        new("Asinh", 1, a => Asinh(a[0]), (a, y) => [1.0 / Expr.Call("Sqrt", (a[0] * a[0]) + 1)], "VectorMath.Asinh({0})") { IsCostly = true },
        new("Acosh", 1, a => Math.Log(a[0] + (Math.Sqrt(a[0] - 1) * Math.Sqrt(a[0] + 1))), (a, y) => [1.0 / (Expr.Call("Sqrt", a[0] - 1) * Expr.Call("Sqrt", a[0] + 1))], "VectorMath.Acosh({0})") { IsCostly = true },
        new("Atanh", 1, a => 0.5 * (Log1p(a[0]) - Log1p(-a[0])), (a, y) => [1.0 / (1 - (a[0] * a[0]))], "VectorMath.Atanh({0})") { IsCostly = true },
        new("Fmod", 2, a => a[0] % a[1], (a, y) => [1, -Expr.Call("Truncate", a[0] / a[1])], "VectorMath.Fmod({0}, {1})") { IsCostly = true },
        new("Ceil", 1, a => Math.Ceiling(a[0]), (a, y) => [null], "{V}.Ceiling({0})"),
        new("Round", 1, a => Math.Round(a[0], MidpointRounding.ToEven), (a, y) => [null], "{V}.Round({0})"),
        new("Truncate", 1, a => Math.Truncate(a[0]), (a, y) => [null], "{V}.Truncate({0})"),
        // Rounding to fewer bits lets the gradient pass, as the casts of other frameworks do.
        new("RoundToHalf", 1, a => RoundToHalf(a[0]), (a, y) => [1], "VectorMath.RoundToHalf({0})"),
        new("RoundToBFloat16", 1, a => RoundToBFloat16(a[0]), (a, y) => [1], "VectorMath.RoundToBFloat16({0})"),
        new("And", 2, a => a[0] != 0 && a[1] != 0 ? 1 : 0, (a, y) => [null, null], "~({V}.Equals({0}, {V}<float>.Zero) | {V}.Equals({1}, {V}<float>.Zero))") { IsMask = true },
        new("Or", 2, a => a[0] != 0 || a[1] != 0 ? 1 : 0, (a, y) => [null, null], "~({V}.Equals({0}, {V}<float>.Zero) & {V}.Equals({1}, {V}<float>.Zero))") { IsMask = true },
        new("Xor", 2, a => a[0] != 0 != (a[1] != 0) ? 1 : 0, (a, y) => [null, null], "{V}.Equals({0}, {V}<float>.Zero) ^ {V}.Equals({1}, {V}<float>.Zero)") { IsMask = true },
        new("Floor", 1, a => Math.Floor(a[0]), (a, y) => [null], "{V}.Floor({0})"),
        new("Greater", 2, a => a[0] > a[1] ? 1 : 0, (a, y) => [null, null], "{V}.GreaterThan({0}, {1})") { IsMask = true },
        new("GreaterOrEqual", 2, a => a[0] >= a[1] ? 1 : 0, (a, y) => [null, null], "{V}.GreaterThanOrEqual({0}, {1})") { IsMask = true },
        new("Less", 2, a => a[0] < a[1] ? 1 : 0, (a, y) => [null, null], "{V}.LessThan({0}, {1})") { IsMask = true },
        new("LessOrEqual", 2, a => a[0] <= a[1] ? 1 : 0, (a, y) => [null, null], "{V}.LessThanOrEqual({0}, {1})") { IsMask = true },
        new("Equal", 2, a => a[0] == a[1] ? 1 : 0, (a, y) => [null, null], "{V}.Equals({0}, {1})") { IsMask = true },
        new("NotEqual", 2, a => a[0] != a[1] ? 1 : 0, (a, y) => [null, null], "~{V}.Equals({0}, {1})") { IsMask = true },
        // The argument as a constant for the backward half: statistics that a correction is made of (batch renormalization).
        new("Detach", 1, a => a[0], (a, y) => [null], "{0}"),
        // The second argument, and for the backward half the first: a weight that a step replaces before it is used (spectral normalization).
        new("StraightThrough", 2, a => a[1], (a, y) => [1, null], "{1}"),
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

    /// <summary>Odd, so that neither sign loses digits.</summary>
    private static double Asinh(double x) =>
        double.IsInfinity(x) || double.IsNaN(x) ? x : Math.Sign(x) * Log1p(Math.Abs(x) + (x * x / (1 + Math.Sqrt((x * x) + 1))));

    /// <summary>11 bits from 2^-14 on, multiples of 2^-24 below; infinite from 65520 on.</summary>
    private static double RoundToHalf(double x)
    {
        double y = RoundTo(x, 11, -24);
        return Math.Abs(y) >= 65536 ? x > 0 ? double.PositiveInfinity : double.NegativeInfinity : y;
    }

    /// <summary>8 bits from 2^-126 on, multiples of 2^-133 below.</summary>
    private static double RoundToBFloat16(double x) => RoundTo(x, 8, -133);

    /// <summary>To the nearest number of so many bits that is a multiple of a power of two, of two as near the even one.</summary>
    private static double RoundTo(double x, int bits, int leastExponent)
    {
        if (x == 0 || double.IsNaN(x) || double.IsInfinity(x))
        {
            return x;
        }

        int exponent = (int)((BitConverter.DoubleToInt64Bits(x) >> 52) & 0x7FF) - 1023;
        double unit = Math.Pow(2, Math.Max(exponent - bits + 1, leastExponent));
        return Math.Round(x / unit, MidpointRounding.ToEven) * unit;
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
