namespace NetGen.Tests;

/// <summary>The functions of <see cref="VectorMath"/> in double precision, by other formulas, and the measure of error.</summary>
internal static class Exact
{
    // Below the bound the Taylor series is exact to double precision; above it the cancellation costs less than 1e-11.
    public static double Expm1(double x) => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) + (x * x * x * x / 24) : Math.Exp(x) - 1;

    public static double Log1p(double x) => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) - (x * x * x * x / 4) : Math.Log(1 + x);

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => x > 0 ? x + Log1p(Math.Exp(-x)) : Log1p(Math.Exp(x));

    // erf(x) = 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!! (DLMF 7.6.2): no term has the other sign.
    public static double Erf(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            sum += term *= 2 * x * x / ((2 * n) + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    public static double Sinh(double x) => Math.Abs(x) < 1e-3 ? x + (x * x * x / 6) + (x * x * x * x * x / 120) : Math.Sinh(x);

    public static double Asinh(double x) => Math.Abs(x) < 1e-3 ? x - (x * x * x / 6) + (3 * x * x * x * x * x / 40) : Math.Asinh(x);

    // x - 1 is exact for a float; the root carries the digits that x loses beside it.
    public static double Acosh(double x) => x < 1 ? double.NaN : Log1p(x - 1 + Math.Sqrt((x - 1) * (x + 1)));

    public static double Atanh(double x) => Math.Abs(x) < 1e-3 ? x + (x * x * x / 3) + (x * x * x * x * x / 5) : Math.Atanh(x);

    public static double BFloat16(double x)
    {
        if (!double.IsFinite(x) || x == 0)
            return x;
        double unit = Math.ScaleB(1, Math.Max(Math.ILogB(x), -126) - 7);
        return Math.Round(x / unit, MidpointRounding.ToEven) * unit;
    }

    /// <summary>The distance between a float and the exact result, in units of the float spacing at the exact result.</summary>
    public static double UlpError(string name, float x, float actual, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(actual))
            return double.IsNaN(expected) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if ((float)expected == actual)
            return 0;
        if (double.IsInfinity(expected) || float.IsInfinity(actual))
            return double.PositiveInfinity;
        // Documented: a sigmoid below the normal range may be 0, and log1p loses the last two bits of a denormal.
        if (name == "Sigmoid" && x < -87.336f)
            return actual >= 0 && actual < 1.1765e-38f ? 0 : double.PositiveInfinity;
        double spacing = Math.Max(double.Epsilon, Math.ScaleB(1, Math.Max(Math.ILogB(expected), -126) - 23));
        double error = Math.Abs(actual - expected) / spacing;
        return name == "Log1p" && Math.Abs(x) < 1.2e-38f && error <= 4 ? 0 : error;
    }
}
