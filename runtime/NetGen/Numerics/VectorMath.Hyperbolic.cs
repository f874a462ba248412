using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // In double precision, by the exponential function and the logarithm of Pow. Where the two exponentials of sinh nearly cancel, its Taylor series up to x^11 is
    // exact enough; so are those of the inverses below a thousandth.
    private const double Log2OfE = 1.4426950408889634, Ln2 = 0.6931471805599453;
    private const double SmallForSeries = 1e-3;

    /// <summary><c>sinh(x)</c>, max 0.6 ulp.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sinh(Vector512<float> x) =>
        Vector512.Narrow(SinhOfDouble(Vector512.WidenLower(x)), SinhOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Sinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sinh(Vector256<float> x) =>
        Vector256.Narrow(SinhOfDouble(Vector256.WidenLower(x)), SinhOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Sinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sinh(Vector128<float> x) =>
        Vector128.Narrow(SinhOfDouble(Vector128.WidenLower(x)), SinhOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Sinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sinh(float x) => Sinh(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>cosh(x)</c>, max 0.6 ulp.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cosh(Vector512<float> x) =>
        Vector512.Narrow(CoshOfDouble(Vector512.WidenLower(x)), CoshOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Cosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cosh(Vector256<float> x) =>
        Vector256.Narrow(CoshOfDouble(Vector256.WidenLower(x)), CoshOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Cosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cosh(Vector128<float> x) =>
        Vector128.Narrow(CoshOfDouble(Vector128.WidenLower(x)), CoshOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Cosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cosh(float x) => Cosh(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>asinh(x)</c>, max 0.6 ulp.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Asinh(Vector512<float> x) =>
        Vector512.Narrow(AsinhOfDouble(Vector512.WidenLower(x)), AsinhOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Asinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Asinh(Vector256<float> x) =>
        Vector256.Narrow(AsinhOfDouble(Vector256.WidenLower(x)), AsinhOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Asinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Asinh(Vector128<float> x) =>
        Vector128.Narrow(AsinhOfDouble(Vector128.WidenLower(x)), AsinhOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Asinh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Asinh(float x) => Asinh(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>acosh(x)</c>, max 0.6 ulp; NaN below 1.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Acosh(Vector512<float> x) =>
        Vector512.Narrow(AcoshOfDouble(Vector512.WidenLower(x)), AcoshOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Acosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Acosh(Vector256<float> x) =>
        Vector256.Narrow(AcoshOfDouble(Vector256.WidenLower(x)), AcoshOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Acosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Acosh(Vector128<float> x) =>
        Vector128.Narrow(AcoshOfDouble(Vector128.WidenLower(x)), AcoshOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Acosh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Acosh(float x) => Acosh(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>atanh(x)</c>, max 0.6 ulp; infinite at 1 and -1, NaN beyond.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atanh(Vector512<float> x) =>
        Vector512.Narrow(AtanhOfDouble(Vector512.WidenLower(x)), AtanhOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Atanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atanh(Vector256<float> x) =>
        Vector256.Narrow(AtanhOfDouble(Vector256.WidenLower(x)), AtanhOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Atanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Atanh(Vector128<float> x) =>
        Vector128.Narrow(AtanhOfDouble(Vector128.WidenLower(x)), AtanhOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Atanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atanh(float x) => Atanh(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinhOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var e = Exp2OfDouble(magnitude * Vector512.Create(Log2OfE));
        var difference = (e - (Vector512<double>.One / e)) * Vector512.Create(0.5);
        var square = x * x;
        var series = Vector512.Create(1.0 / 39916800);
        series = (series * square) + Vector512.Create(1.0 / 362880);
        series = (series * square) + Vector512.Create(1.0 / 5040);
        series = (series * square) + Vector512.Create(1.0 / 120);
        series = (series * square) + Vector512.Create(1.0 / 6);
        series = (series * square * magnitude) + magnitude;
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512<double>.One), series, difference) ^ (x & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SinhOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var e = Exp2OfDouble(magnitude * Vector256.Create(Log2OfE));
        var difference = (e - (Vector256<double>.One / e)) * Vector256.Create(0.5);
        var square = x * x;
        var series = Vector256.Create(1.0 / 39916800);
        series = (series * square) + Vector256.Create(1.0 / 362880);
        series = (series * square) + Vector256.Create(1.0 / 5040);
        series = (series * square) + Vector256.Create(1.0 / 120);
        series = (series * square) + Vector256.Create(1.0 / 6);
        series = (series * square * magnitude) + magnitude;
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256<double>.One), series, difference) ^ (x & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SinhOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var e = Exp2OfDouble(magnitude * Vector128.Create(Log2OfE));
        var difference = (e - (Vector128<double>.One / e)) * Vector128.Create(0.5);
        var square = x * x;
        var series = Vector128.Create(1.0 / 39916800);
        series = (series * square) + Vector128.Create(1.0 / 362880);
        series = (series * square) + Vector128.Create(1.0 / 5040);
        series = (series * square) + Vector128.Create(1.0 / 120);
        series = (series * square) + Vector128.Create(1.0 / 6);
        series = (series * square * magnitude) + magnitude;
        return Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128<double>.One), series, difference) ^ (x & Vector128.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> CoshOfDouble(Vector512<double> x)
    {
        var e = Exp2OfDouble(Vector512.Abs(x) * Vector512.Create(Log2OfE));
        return (e + (Vector512<double>.One / e)) * Vector512.Create(0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> CoshOfDouble(Vector256<double> x)
    {
        var e = Exp2OfDouble(Vector256.Abs(x) * Vector256.Create(Log2OfE));
        return (e + (Vector256<double>.One / e)) * Vector256.Create(0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> CoshOfDouble(Vector128<double> x)
    {
        var e = Exp2OfDouble(Vector128.Abs(x) * Vector128.Create(Log2OfE));
        return (e + (Vector128<double>.One / e)) * Vector128.Create(0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AsinhOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var square = x * x;
        var log = Log2OfDouble(magnitude + Vector512.Sqrt(square + Vector512<double>.One)) * Vector512.Create(Ln2);
        var series = magnitude - (magnitude * square * (Vector512.Create(1.0 / 6) - (square * Vector512.Create(3.0 / 40))));
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(SmallForSeries)), series, log) ^ (x & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AsinhOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var square = x * x;
        var log = Log2OfDouble(magnitude + Vector256.Sqrt(square + Vector256<double>.One)) * Vector256.Create(Ln2);
        var series = magnitude - (magnitude * square * (Vector256.Create(1.0 / 6) - (square * Vector256.Create(3.0 / 40))));
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallForSeries)), series, log) ^ (x & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AsinhOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var square = x * x;
        var log = Log2OfDouble(magnitude + Vector128.Sqrt(square + Vector128<double>.One)) * Vector128.Create(Ln2);
        var series = magnitude - (magnitude * square * (Vector128.Create(1.0 / 6) - (square * Vector128.Create(3.0 / 40))));
        return Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(SmallForSeries)), series, log) ^ (x & Vector128.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AcoshOfDouble(Vector512<double> x)
    {
        var root = Vector512.Sqrt((x - Vector512<double>.One) * (x + Vector512<double>.One));
        var log = Log2OfDouble(x + root) * Vector512.Create(Ln2);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.One), Vector512.Create(double.NaN), log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AcoshOfDouble(Vector256<double> x)
    {
        var root = Vector256.Sqrt((x - Vector256<double>.One) * (x + Vector256<double>.One));
        var log = Log2OfDouble(x + root) * Vector256.Create(Ln2);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<double>.One), Vector256.Create(double.NaN), log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AcoshOfDouble(Vector128<double> x)
    {
        var root = Vector128.Sqrt((x - Vector128<double>.One) * (x + Vector128<double>.One));
        var log = Log2OfDouble(x + root) * Vector128.Create(Ln2);
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<double>.One), Vector128.Create(double.NaN), log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtanhOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var square = x * x;
        var log = Log2OfDouble((Vector512<double>.One + magnitude) / (Vector512<double>.One - magnitude)) * Vector512.Create(0.5 * Ln2);
        var series = magnitude + (magnitude * square * (Vector512.Create(1.0 / 3) + (square * Vector512.Create(1.0 / 5))));
        var y = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(SmallForSeries)), series, log);
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(magnitude, Vector512<double>.One), Vector512.Create(double.NaN), y);
        return y ^ (x & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AtanhOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var square = x * x;
        var log = Log2OfDouble((Vector256<double>.One + magnitude) / (Vector256<double>.One - magnitude)) * Vector256.Create(0.5 * Ln2);
        var series = magnitude + (magnitude * square * (Vector256.Create(1.0 / 3) + (square * Vector256.Create(1.0 / 5))));
        var y = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallForSeries)), series, log);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, Vector256<double>.One), Vector256.Create(double.NaN), y);
        return y ^ (x & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AtanhOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var square = x * x;
        var log = Log2OfDouble((Vector128<double>.One + magnitude) / (Vector128<double>.One - magnitude)) * Vector128.Create(0.5 * Ln2);
        var series = magnitude + (magnitude * square * (Vector128.Create(1.0 / 3) + (square * Vector128.Create(1.0 / 5))));
        var y = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(SmallForSeries)), series, log);
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(magnitude, Vector128<double>.One), Vector128.Create(double.NaN), y);
        return y ^ (x & Vector128.Create(-0.0));
    }
}
