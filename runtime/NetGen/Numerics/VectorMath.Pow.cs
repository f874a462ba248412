using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // |x|^y = 2^(y log2 |x|) in double precision. log2 |x| = e + log2 m with m between sqrt(1/2) and sqrt(2), log2 m = s p(s^2) with
    // s = (m - 1) / (m + 1); 2^z = 2^n p(z - n) with n = round(z). Both polynomials are of least relative error.
    private const long SqrtHalfBitsOfDouble = 0x3FE6A09E667F3BCD;
    private const double RoundingShiftOfDouble = 6755399441055744.0;
    private const double PowLog0 = 2.885390081790098;
    private const double PowLog1 = 0.9617966733425103;
    private const double PowLog2 = 0.5770835841519079;
    private const double PowLog3 = 0.41167278824863673;
    private const double PowLog4 = 0.34072857673242796;
    private const double PowExp0 = 1.0000000005550538;
    private const double PowExp1 = 0.6931472057690209;
    private const double PowExp2 = 0.24022646922066354;
    private const double PowExp3 = 0.0555032871061623;
    private const double PowExp4 = 0.009618483919502627;
    private const double PowExp5 = 0.001339995434644273;
    private const double PowExp6 = 0.00015347361848735614;

    /// <summary>
    /// x to the power y, max 0.6 ulp, with the special cases of IEEE 754: 1 if y is 0 or x is 1 (even for NaN), NaN if x is negative
    /// and finite and y no integer, the sign of x if y is odd.
    /// </summary>
    /// <param name="x">The base.</param>
    /// <param name="y">The exponent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y)
    {
        var magnitude = Vector512.Abs(x);
        var power = Vector512.Narrow(
            PowOfMagnitude(Vector512.WidenLower(magnitude), Vector512.WidenLower(y)),
            PowOfMagnitude(Vector512.WidenUpper(magnitude), Vector512.WidenUpper(y)));
        var isInfinite = Vector512.Equals(Vector512.Abs(y), Vector512.Create(float.PositiveInfinity));
        var isOne = Vector512.Equals(y, Vector512<float>.Zero) | Vector512.Equals(x, Vector512<float>.One)
            | (Vector512.Equals(magnitude, Vector512<float>.One) & isInfinite);
        power = Vector512.ConditionalSelect(isOne, Vector512<float>.One, power);
        var isInteger = Vector512.Equals(Vector512.Floor(y), y);
        var isNegative = Vector512.LessThan(x, Vector512<float>.Zero)
            & Vector512.LessThan(magnitude, Vector512.Create(float.PositiveInfinity));
        var isInvalid = isNegative & ~(isInteger | isOne);
        power = Vector512.ConditionalSelect(isInvalid, Vector512.Create(float.NaN), power);
        var half = y * Vector512.Create(0.5f);
        var isOdd = isInteger & ~Vector512.Equals(Vector512.Floor(half), half);
        return power ^ (x & Vector512.Create(-0f) & isOdd);
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        var magnitude = Vector256.Abs(x);
        var power = Vector256.Narrow(
            PowOfMagnitude(Vector256.WidenLower(magnitude), Vector256.WidenLower(y)),
            PowOfMagnitude(Vector256.WidenUpper(magnitude), Vector256.WidenUpper(y)));
        var isInfinite = Vector256.Equals(Vector256.Abs(y), Vector256.Create(float.PositiveInfinity));
        var isOne = Vector256.Equals(y, Vector256<float>.Zero) | Vector256.Equals(x, Vector256<float>.One)
            | (Vector256.Equals(magnitude, Vector256<float>.One) & isInfinite);
        power = Vector256.ConditionalSelect(isOne, Vector256<float>.One, power);
        var isInteger = Vector256.Equals(Vector256.Floor(y), y);
        var isNegative = Vector256.LessThan(x, Vector256<float>.Zero)
            & Vector256.LessThan(magnitude, Vector256.Create(float.PositiveInfinity));
        var isInvalid = isNegative & ~(isInteger | isOne);
        power = Vector256.ConditionalSelect(isInvalid, Vector256.Create(float.NaN), power);
        var half = y * Vector256.Create(0.5f);
        var isOdd = isInteger & ~Vector256.Equals(Vector256.Floor(half), half);
        return power ^ (x & Vector256.Create(-0f) & isOdd);
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        var magnitude = Vector128.Abs(x);
        var power = Vector128.Narrow(
            PowOfMagnitude(Vector128.WidenLower(magnitude), Vector128.WidenLower(y)),
            PowOfMagnitude(Vector128.WidenUpper(magnitude), Vector128.WidenUpper(y)));
        var isInfinite = Vector128.Equals(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity));
        var isOne = Vector128.Equals(y, Vector128<float>.Zero) | Vector128.Equals(x, Vector128<float>.One)
            | (Vector128.Equals(magnitude, Vector128<float>.One) & isInfinite);
        power = Vector128.ConditionalSelect(isOne, Vector128<float>.One, power);
        var isInteger = Vector128.Equals(Vector128.Floor(y), y);
        var isNegative = Vector128.LessThan(x, Vector128<float>.Zero)
            & Vector128.LessThan(magnitude, Vector128.Create(float.PositiveInfinity));
        var isInvalid = isNegative & ~(isInteger | isOne);
        power = Vector128.ConditionalSelect(isInvalid, Vector128.Create(float.NaN), power);
        var half = y * Vector128.Create(0.5f);
        var isOdd = isInteger & ~Vector128.Equals(Vector128.Floor(half), half);
        return power ^ (x & Vector128.Create(-0f) & isOdd);
    }

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Pow(float x, float y) => Pow(Vector128.CreateScalar(x), Vector128.CreateScalar(y)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowOfMagnitude(Vector512<double> x, Vector512<double> y) => Exp2OfDouble(y * Log2OfDouble(x));

    /// <summary>The logarithm of what is not negative; its absolute error near 1 is relative to the distance from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log2OfDouble(Vector512<double> x)
    {
        // The exponent is kept positive, so that it converts to double through the bits of 2^52.
        var bits = x.AsInt64() + Vector512.Create((1024L << 52) - SqrtHalfBitsOfDouble);
        var biased = bits >>> 52;
        var e = (biased | Vector512.Create(0x4330000000000000)).AsDouble() - Vector512.Create(4503599627370496.0 + 1024);
        var m = (x.AsInt64() - (biased << 52) + Vector512.Create(1024L << 52)).AsDouble();
        var s = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        var square = s * s;
        var log = Vector512.Create(PowLog4);
        log = (log * square) + Vector512.Create(PowLog3);
        log = (log * square) + Vector512.Create(PowLog2);
        log = (log * square) + Vector512.Create(PowLog1);
        log = (log * square) + Vector512.Create(PowLog0);
        log = (log * s) + e;
        // At the ends the logarithm is infinite; NaN stands for itself.
        log = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), log);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity)), log, x);
    }

    /// <summary>2 to a power, which is held where floats are infinite or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp2OfDouble(Vector512<double> x)
    {
        var z = Vector512.MinNative(Vector512.Create(160.0), Vector512.MaxNative(Vector512.Create(-160.0), x));
        var shifted = z + Vector512.Create(RoundingShiftOfDouble);
        var r = z - (shifted - Vector512.Create(RoundingShiftOfDouble));
        var exp = Vector512.Create(PowExp6);
        exp = (exp * r) + Vector512.Create(PowExp5);
        exp = (exp * r) + Vector512.Create(PowExp4);
        exp = (exp * r) + Vector512.Create(PowExp3);
        exp = (exp * r) + Vector512.Create(PowExp2);
        exp = (exp * r) + Vector512.Create(PowExp1);
        exp = (exp * r) + Vector512.Create(PowExp0);
        return exp * ((shifted.AsInt64() << 52) + Vector512.Create(1023L << 52)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowOfMagnitude(Vector256<double> x, Vector256<double> y) => Exp2OfDouble(y * Log2OfDouble(x));

    /// <summary>The logarithm of what is not negative; its absolute error near 1 is relative to the distance from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Log2OfDouble(Vector256<double> x)
    {
        // The exponent is kept positive, so that it converts to double through the bits of 2^52.
        var bits = x.AsInt64() + Vector256.Create((1024L << 52) - SqrtHalfBitsOfDouble);
        var biased = bits >>> 52;
        var e = (biased | Vector256.Create(0x4330000000000000)).AsDouble() - Vector256.Create(4503599627370496.0 + 1024);
        var m = (x.AsInt64() - (biased << 52) + Vector256.Create(1024L << 52)).AsDouble();
        var s = (m - Vector256<double>.One) / (m + Vector256<double>.One);
        var square = s * s;
        var log = Vector256.Create(PowLog4);
        log = (log * square) + Vector256.Create(PowLog3);
        log = (log * square) + Vector256.Create(PowLog2);
        log = (log * square) + Vector256.Create(PowLog1);
        log = (log * square) + Vector256.Create(PowLog0);
        log = (log * s) + e;
        // At the ends the logarithm is infinite; NaN stands for itself.
        log = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<double>.Zero), Vector256.Create(double.NegativeInfinity), log);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(double.PositiveInfinity)), log, x);
    }

    /// <summary>2 to a power, which is held where floats are infinite or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Exp2OfDouble(Vector256<double> x)
    {
        var z = Vector256.MinNative(Vector256.Create(160.0), Vector256.MaxNative(Vector256.Create(-160.0), x));
        var shifted = z + Vector256.Create(RoundingShiftOfDouble);
        var r = z - (shifted - Vector256.Create(RoundingShiftOfDouble));
        var exp = Vector256.Create(PowExp6);
        exp = (exp * r) + Vector256.Create(PowExp5);
        exp = (exp * r) + Vector256.Create(PowExp4);
        exp = (exp * r) + Vector256.Create(PowExp3);
        exp = (exp * r) + Vector256.Create(PowExp2);
        exp = (exp * r) + Vector256.Create(PowExp1);
        exp = (exp * r) + Vector256.Create(PowExp0);
        return exp * ((shifted.AsInt64() << 52) + Vector256.Create(1023L << 52)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowOfMagnitude(Vector128<double> x, Vector128<double> y) => Exp2OfDouble(y * Log2OfDouble(x));

    /// <summary>The logarithm of what is not negative; its absolute error near 1 is relative to the distance from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Log2OfDouble(Vector128<double> x)
    {
        // The exponent is kept positive, so that it converts to double through the bits of 2^52.
        var bits = x.AsInt64() + Vector128.Create((1024L << 52) - SqrtHalfBitsOfDouble);
        var biased = bits >>> 52;
        var e = (biased | Vector128.Create(0x4330000000000000)).AsDouble() - Vector128.Create(4503599627370496.0 + 1024);
        var m = (x.AsInt64() - (biased << 52) + Vector128.Create(1024L << 52)).AsDouble();
        var s = (m - Vector128<double>.One) / (m + Vector128<double>.One);
        var square = s * s;
        var log = Vector128.Create(PowLog4);
        log = (log * square) + Vector128.Create(PowLog3);
        log = (log * square) + Vector128.Create(PowLog2);
        log = (log * square) + Vector128.Create(PowLog1);
        log = (log * square) + Vector128.Create(PowLog0);
        log = (log * s) + e;
        // At the ends the logarithm is infinite; NaN stands for itself.
        log = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), Vector128.Create(double.NegativeInfinity), log);
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(double.PositiveInfinity)), log, x);
    }

    /// <summary>2 to a power, which is held where floats are infinite or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Exp2OfDouble(Vector128<double> x)
    {
        var z = Vector128.MinNative(Vector128.Create(160.0), Vector128.MaxNative(Vector128.Create(-160.0), x));
        var shifted = z + Vector128.Create(RoundingShiftOfDouble);
        var r = z - (shifted - Vector128.Create(RoundingShiftOfDouble));
        var exp = Vector128.Create(PowExp6);
        exp = (exp * r) + Vector128.Create(PowExp5);
        exp = (exp * r) + Vector128.Create(PowExp4);
        exp = (exp * r) + Vector128.Create(PowExp3);
        exp = (exp * r) + Vector128.Create(PowExp2);
        exp = (exp * r) + Vector128.Create(PowExp1);
        exp = (exp * r) + Vector128.Create(PowExp0);
        return exp * ((shifted.AsInt64() << 52) + Vector128.Create(1023L << 52)).AsDouble();
    }
}
