using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // sin(x) and cos(x) with x = n pi / 2 + r in double precision: pi / 2 is split after 33 bits, so that n times its first part is exact.
    // sin(r) = r + r^3 s(r^2) and cos(r) = 1 - r^2 / 2 + r^4 c(r^2), of least relative error; n modulo 4 chooses between them.
    private const float LargestReducedAngle = 1e6f;
    private const double HalfPiHigh = 1.5707963267341256, HalfPiLow = 6.077100506506192e-11;
    private const double TwoOverPi = 0.6366197723675814;
    private const double Sin0 = -0.16666666640795882, Sin1 = 0.008333329306223512;
    private const double Sin2 = -0.00019839312810530094, Sin3 = 2.71812666902129e-06;
    private const double Cos0 = 0.04166666661954713, Cos1 = -0.0013888883503590174;
    private const double Cos2 = 2.4799460927330484e-05, Cos3 = -2.7205811372918356e-07;

    /// <summary>
    /// <c>sin(x)</c> of radians, max 0.6 ulp; NaN at infinity.
    /// A vector with an angle beyond a million goes lane by lane.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        if (!Vector512.LessThanOrEqualAll(Vector512.Abs(x), Vector512.Create(LargestReducedAngle)))
            return SinOfLarge(x);
        return Vector512.Narrow(SinOfQuadrant(Vector512.WidenLower(x), 0), SinOfQuadrant(Vector512.WidenUpper(x), 0));
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x)
    {
        if (!Vector256.LessThanOrEqualAll(Vector256.Abs(x), Vector256.Create(LargestReducedAngle)))
            return SinOfLarge(x);
        return Vector256.Narrow(SinOfQuadrant(Vector256.WidenLower(x), 0), SinOfQuadrant(Vector256.WidenUpper(x), 0));
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x)
    {
        if (!Vector128.LessThanOrEqualAll(Vector128.Abs(x), Vector128.Create(LargestReducedAngle)))
            return SinOfLarge(x);
        return Vector128.Narrow(SinOfQuadrant(Vector128.WidenLower(x), 0), SinOfQuadrant(Vector128.WidenUpper(x), 0));
    }

    /// <inheritdoc cref="Sin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Sin(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>
    /// <c>cos(x)</c> of radians, max 0.6 ulp; NaN at infinity.
    /// A vector with an angle beyond a million goes lane by lane.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        if (!Vector512.LessThanOrEqualAll(Vector512.Abs(x), Vector512.Create(LargestReducedAngle)))
            return CosOfLarge(x);
        return Vector512.Narrow(SinOfQuadrant(Vector512.WidenLower(x), 1), SinOfQuadrant(Vector512.WidenUpper(x), 1));
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x)
    {
        if (!Vector256.LessThanOrEqualAll(Vector256.Abs(x), Vector256.Create(LargestReducedAngle)))
            return CosOfLarge(x);
        return Vector256.Narrow(SinOfQuadrant(Vector256.WidenLower(x), 1), SinOfQuadrant(Vector256.WidenUpper(x), 1));
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x)
    {
        if (!Vector128.LessThanOrEqualAll(Vector128.Abs(x), Vector128.Create(LargestReducedAngle)))
            return CosOfLarge(x);
        return Vector128.Narrow(SinOfQuadrant(Vector128.WidenLower(x), 1), SinOfQuadrant(Vector128.WidenUpper(x), 1));
    }

    /// <inheritdoc cref="Cos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Cos(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SinOfQuadrant(Vector512<double> x, long quadrant)
    {
        var shifted = (x * Vector512.Create(TwoOverPi)) + Vector512.Create(RoundingShiftOfDouble);
        var n = shifted - Vector512.Create(RoundingShiftOfDouble);
        var r = x - (n * Vector512.Create(HalfPiHigh)) - (n * Vector512.Create(HalfPiLow));
        var square = r * r;
        var s = Vector512.Create(Sin3);
        s = (s * square) + Vector512.Create(Sin2);
        s = (s * square) + Vector512.Create(Sin1);
        s = (s * square) + Vector512.Create(Sin0);
        s = (s * square * r) + r;
        var c = Vector512.Create(Cos3);
        c = (c * square) + Vector512.Create(Cos2);
        c = (c * square) + Vector512.Create(Cos1);
        c = (c * square) + Vector512.Create(Cos0);
        c = (c * square * square) + (Vector512<double>.One - (square * Vector512.Create(0.5)));
        var turned = shifted.AsInt64() + Vector512.Create(quadrant);
        var isOdd = Vector512.Equals(turned & Vector512<long>.One, Vector512<long>.One).AsDouble();
        return Vector512.ConditionalSelect(isOdd, c, s) ^ ((turned << 62).AsDouble() & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SinOfQuadrant(Vector256<double> x, long quadrant)
    {
        var shifted = (x * Vector256.Create(TwoOverPi)) + Vector256.Create(RoundingShiftOfDouble);
        var n = shifted - Vector256.Create(RoundingShiftOfDouble);
        var r = x - (n * Vector256.Create(HalfPiHigh)) - (n * Vector256.Create(HalfPiLow));
        var square = r * r;
        var s = Vector256.Create(Sin3);
        s = (s * square) + Vector256.Create(Sin2);
        s = (s * square) + Vector256.Create(Sin1);
        s = (s * square) + Vector256.Create(Sin0);
        s = (s * square * r) + r;
        var c = Vector256.Create(Cos3);
        c = (c * square) + Vector256.Create(Cos2);
        c = (c * square) + Vector256.Create(Cos1);
        c = (c * square) + Vector256.Create(Cos0);
        c = (c * square * square) + (Vector256<double>.One - (square * Vector256.Create(0.5)));
        var turned = shifted.AsInt64() + Vector256.Create(quadrant);
        var isOdd = Vector256.Equals(turned & Vector256<long>.One, Vector256<long>.One).AsDouble();
        return Vector256.ConditionalSelect(isOdd, c, s) ^ ((turned << 62).AsDouble() & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SinOfQuadrant(Vector128<double> x, long quadrant)
    {
        var shifted = (x * Vector128.Create(TwoOverPi)) + Vector128.Create(RoundingShiftOfDouble);
        var n = shifted - Vector128.Create(RoundingShiftOfDouble);
        var r = x - (n * Vector128.Create(HalfPiHigh)) - (n * Vector128.Create(HalfPiLow));
        var square = r * r;
        var s = Vector128.Create(Sin3);
        s = (s * square) + Vector128.Create(Sin2);
        s = (s * square) + Vector128.Create(Sin1);
        s = (s * square) + Vector128.Create(Sin0);
        s = (s * square * r) + r;
        var c = Vector128.Create(Cos3);
        c = (c * square) + Vector128.Create(Cos2);
        c = (c * square) + Vector128.Create(Cos1);
        c = (c * square) + Vector128.Create(Cos0);
        c = (c * square * square) + (Vector128<double>.One - (square * Vector128.Create(0.5)));
        var turned = shifted.AsInt64() + Vector128.Create(quadrant);
        var isOdd = Vector128.Equals(turned & Vector128<long>.One, Vector128<long>.One).AsDouble();
        return Vector128.ConditionalSelect(isOdd, c, s) ^ ((turned << 62).AsDouble() & Vector128.Create(-0.0));
    }

    private static Vector512<float> SinOfLarge(Vector512<float> x)
    {
        for (int i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Sin(x[i]));
        return x;
    }

    private static Vector256<float> SinOfLarge(Vector256<float> x)
    {
        for (int i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Sin(x[i]));
        return x;
    }

    private static Vector128<float> SinOfLarge(Vector128<float> x)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Sin(x[i]));
        return x;
    }

    private static Vector512<float> CosOfLarge(Vector512<float> x)
    {
        for (int i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Cos(x[i]));
        return x;
    }

    private static Vector256<float> CosOfLarge(Vector256<float> x)
    {
        for (int i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Cos(x[i]));
        return x;
    }

    private static Vector128<float> CosOfLarge(Vector128<float> x)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Cos(x[i]));
        return x;
    }
}
