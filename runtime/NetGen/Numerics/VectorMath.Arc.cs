using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // In double precision. asin(x) = x + x^3 p(x^2) up to 1/2; beyond, asin(x) = pi / 2 - 2 asin(sqrt((1 - x) / 2)), which is exact where x is near 1.
    // atan(x) = x + x^3 q(x^2) up to tan(pi / 8); beyond, by the differences from pi / 4 and pi / 2. Both polynomials are of least relative error.
    private const double Asin0 = 0.16666666337430908, Asin1 = 0.07500094543497308, Asin2 = 0.04459940152853684;
    private const double Asin3 = 0.031100662735282832, Asin4 = 0.01714923835844067, Asin5 = 0.03369084720187264;
    private const double Atan0 = -0.33333333279224536, Atan1 = 0.19999977248233475, Atan2 = -0.14284150629727774;
    private const double Atan3 = 0.11071354571178242, Atan4 = -0.08624598215191023, Atan5 = 0.05047937432388527;
    private const double TanOfEighth = 0.41421356237309503, TanOfThreeEighths = 2.414213562373095;

    /// <summary>
    /// <c>tan(x)</c> of radians, max 0.6 ulp; NaN at infinity.
    /// A vector with an angle beyond a million goes lane by lane.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tan(Vector512<float> x)
    {
        if (!Vector512.LessThanOrEqualAll(Vector512.Abs(x), Vector512.Create(LargestReducedAngle)))
            return TanOfLarge(x);
        return Vector512.Narrow(TanOfDouble(Vector512.WidenLower(x)), TanOfDouble(Vector512.WidenUpper(x)));
    }

    /// <inheritdoc cref="Tan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tan(Vector256<float> x)
    {
        if (!Vector256.LessThanOrEqualAll(Vector256.Abs(x), Vector256.Create(LargestReducedAngle)))
            return TanOfLarge(x);
        return Vector256.Narrow(TanOfDouble(Vector256.WidenLower(x)), TanOfDouble(Vector256.WidenUpper(x)));
    }

    /// <inheritdoc cref="Tan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tan(Vector128<float> x)
    {
        if (!Vector128.LessThanOrEqualAll(Vector128.Abs(x), Vector128.Create(LargestReducedAngle)))
            return TanOfLarge(x);
        return Vector128.Narrow(TanOfDouble(Vector128.WidenLower(x)), TanOfDouble(Vector128.WidenUpper(x)));
    }

    /// <inheritdoc cref="Tan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tan(float x) => Tan(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>asin(x)</c> in radians, max 0.6 ulp; NaN beyond 1.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Asin(Vector512<float> x) =>
        Vector512.Narrow(AsinOfDouble(Vector512.WidenLower(x)), AsinOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Asin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Asin(Vector256<float> x) =>
        Vector256.Narrow(AsinOfDouble(Vector256.WidenLower(x)), AsinOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Asin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Asin(Vector128<float> x) =>
        Vector128.Narrow(AsinOfDouble(Vector128.WidenLower(x)), AsinOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Asin(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Asin(float x) => Asin(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>acos(x)</c> in radians, max 0.6 ulp; NaN beyond 1.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Acos(Vector512<float> x) =>
        Vector512.Narrow(AcosOfDouble(Vector512.WidenLower(x)), AcosOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Acos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Acos(Vector256<float> x) =>
        Vector256.Narrow(AcosOfDouble(Vector256.WidenLower(x)), AcosOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Acos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Acos(Vector128<float> x) =>
        Vector128.Narrow(AcosOfDouble(Vector128.WidenLower(x)), AcosOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Acos(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Acos(float x) => Acos(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>atan(x)</c> in radians, max 0.6 ulp.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan(Vector512<float> x) =>
        Vector512.Narrow(AtanOfDouble(Vector512.WidenLower(x)), AtanOfDouble(Vector512.WidenUpper(x)));

    /// <inheritdoc cref="Atan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan(Vector256<float> x) =>
        Vector256.Narrow(AtanOfDouble(Vector256.WidenLower(x)), AtanOfDouble(Vector256.WidenUpper(x)));

    /// <inheritdoc cref="Atan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Atan(Vector128<float> x) =>
        Vector128.Narrow(AtanOfDouble(Vector128.WidenLower(x)), AtanOfDouble(Vector128.WidenUpper(x)));

    /// <inheritdoc cref="Atan(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Atan(float x) => Atan(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TanOfDouble(Vector512<double> x)
    {
        return SinOfQuadrant(x, 0) / SinOfQuadrant(x, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> TanOfDouble(Vector256<double> x)
    {
        return SinOfQuadrant(x, 0) / SinOfQuadrant(x, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> TanOfDouble(Vector128<double> x)
    {
        return SinOfQuadrant(x, 0) / SinOfQuadrant(x, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AsinSeries(Vector512<double> x)
    {
        var square = x * x;
        var p = Vector512.Create(Asin5);
        p = (p * square) + Vector512.Create(Asin4);
        p = (p * square) + Vector512.Create(Asin3);
        p = (p * square) + Vector512.Create(Asin2);
        p = (p * square) + Vector512.Create(Asin1);
        p = (p * square) + Vector512.Create(Asin0);
        return (p * square * x) + x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AsinSeries(Vector256<double> x)
    {
        var square = x * x;
        var p = Vector256.Create(Asin5);
        p = (p * square) + Vector256.Create(Asin4);
        p = (p * square) + Vector256.Create(Asin3);
        p = (p * square) + Vector256.Create(Asin2);
        p = (p * square) + Vector256.Create(Asin1);
        p = (p * square) + Vector256.Create(Asin0);
        return (p * square * x) + x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AsinSeries(Vector128<double> x)
    {
        var square = x * x;
        var p = Vector128.Create(Asin5);
        p = (p * square) + Vector128.Create(Asin4);
        p = (p * square) + Vector128.Create(Asin3);
        p = (p * square) + Vector128.Create(Asin2);
        p = (p * square) + Vector128.Create(Asin1);
        p = (p * square) + Vector128.Create(Asin0);
        return (p * square * x) + x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AsinOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var isLarge = Vector512.GreaterThan(magnitude, Vector512.Create(0.5));
        var root = Vector512.Sqrt((Vector512<double>.One - magnitude) * Vector512.Create(0.5));
        var series = AsinSeries(Vector512.ConditionalSelect(isLarge, root, magnitude));
        var y = Vector512.ConditionalSelect(isLarge, Vector512.Create(Math.PI / 2) - (series + series), series);
        return y ^ (x & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AsinOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var isLarge = Vector256.GreaterThan(magnitude, Vector256.Create(0.5));
        var root = Vector256.Sqrt((Vector256<double>.One - magnitude) * Vector256.Create(0.5));
        var series = AsinSeries(Vector256.ConditionalSelect(isLarge, root, magnitude));
        var y = Vector256.ConditionalSelect(isLarge, Vector256.Create(Math.PI / 2) - (series + series), series);
        return y ^ (x & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AsinOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var isLarge = Vector128.GreaterThan(magnitude, Vector128.Create(0.5));
        var root = Vector128.Sqrt((Vector128<double>.One - magnitude) * Vector128.Create(0.5));
        var series = AsinSeries(Vector128.ConditionalSelect(isLarge, root, magnitude));
        var y = Vector128.ConditionalSelect(isLarge, Vector128.Create(Math.PI / 2) - (series + series), series);
        return y ^ (x & Vector128.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AcosOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var isLarge = Vector512.GreaterThan(magnitude, Vector512.Create(0.5));
        var root = Vector512.Sqrt((Vector512<double>.One - magnitude) * Vector512.Create(0.5));
        var series = AsinSeries(Vector512.ConditionalSelect(isLarge, root, x));
        var twice = series + series;
        var ofLarge = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(Math.PI) - twice, twice);
        return Vector512.ConditionalSelect(isLarge, ofLarge, Vector512.Create(Math.PI / 2) - series);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AcosOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var isLarge = Vector256.GreaterThan(magnitude, Vector256.Create(0.5));
        var root = Vector256.Sqrt((Vector256<double>.One - magnitude) * Vector256.Create(0.5));
        var series = AsinSeries(Vector256.ConditionalSelect(isLarge, root, x));
        var twice = series + series;
        var ofLarge = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<double>.Zero), Vector256.Create(Math.PI) - twice, twice);
        return Vector256.ConditionalSelect(isLarge, ofLarge, Vector256.Create(Math.PI / 2) - series);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AcosOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var isLarge = Vector128.GreaterThan(magnitude, Vector128.Create(0.5));
        var root = Vector128.Sqrt((Vector128<double>.One - magnitude) * Vector128.Create(0.5));
        var series = AsinSeries(Vector128.ConditionalSelect(isLarge, root, x));
        var twice = series + series;
        var ofLarge = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<double>.Zero), Vector128.Create(Math.PI) - twice, twice);
        return Vector128.ConditionalSelect(isLarge, ofLarge, Vector128.Create(Math.PI / 2) - series);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> AtanOfDouble(Vector512<double> x)
    {
        var magnitude = Vector512.Abs(x);
        var isFar = Vector512.GreaterThan(magnitude, Vector512.Create(TanOfThreeEighths));
        var isMiddle = Vector512.GreaterThan(magnitude, Vector512.Create(TanOfEighth));
        var above = Vector512.ConditionalSelect(isFar, -Vector512<double>.One, Vector512.ConditionalSelect(isMiddle, magnitude - Vector512<double>.One, magnitude));
        var below = Vector512.ConditionalSelect(isFar, magnitude, Vector512.ConditionalSelect(isMiddle, magnitude + Vector512<double>.One, Vector512<double>.One));
        var start = Vector512.ConditionalSelect(isFar, Vector512.Create(Math.PI / 2), isMiddle & Vector512.Create(Math.PI / 4));
        var r = above / below;
        var square = r * r;
        var p = Vector512.Create(Atan5);
        p = (p * square) + Vector512.Create(Atan4);
        p = (p * square) + Vector512.Create(Atan3);
        p = (p * square) + Vector512.Create(Atan2);
        p = (p * square) + Vector512.Create(Atan1);
        p = (p * square) + Vector512.Create(Atan0);
        return ((p * square * r) + r + start) ^ (x & Vector512.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AtanOfDouble(Vector256<double> x)
    {
        var magnitude = Vector256.Abs(x);
        var isFar = Vector256.GreaterThan(magnitude, Vector256.Create(TanOfThreeEighths));
        var isMiddle = Vector256.GreaterThan(magnitude, Vector256.Create(TanOfEighth));
        var above = Vector256.ConditionalSelect(isFar, -Vector256<double>.One, Vector256.ConditionalSelect(isMiddle, magnitude - Vector256<double>.One, magnitude));
        var below = Vector256.ConditionalSelect(isFar, magnitude, Vector256.ConditionalSelect(isMiddle, magnitude + Vector256<double>.One, Vector256<double>.One));
        var start = Vector256.ConditionalSelect(isFar, Vector256.Create(Math.PI / 2), isMiddle & Vector256.Create(Math.PI / 4));
        var r = above / below;
        var square = r * r;
        var p = Vector256.Create(Atan5);
        p = (p * square) + Vector256.Create(Atan4);
        p = (p * square) + Vector256.Create(Atan3);
        p = (p * square) + Vector256.Create(Atan2);
        p = (p * square) + Vector256.Create(Atan1);
        p = (p * square) + Vector256.Create(Atan0);
        return ((p * square * r) + r + start) ^ (x & Vector256.Create(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AtanOfDouble(Vector128<double> x)
    {
        var magnitude = Vector128.Abs(x);
        var isFar = Vector128.GreaterThan(magnitude, Vector128.Create(TanOfThreeEighths));
        var isMiddle = Vector128.GreaterThan(magnitude, Vector128.Create(TanOfEighth));
        var above = Vector128.ConditionalSelect(isFar, -Vector128<double>.One, Vector128.ConditionalSelect(isMiddle, magnitude - Vector128<double>.One, magnitude));
        var below = Vector128.ConditionalSelect(isFar, magnitude, Vector128.ConditionalSelect(isMiddle, magnitude + Vector128<double>.One, Vector128<double>.One));
        var start = Vector128.ConditionalSelect(isFar, Vector128.Create(Math.PI / 2), isMiddle & Vector128.Create(Math.PI / 4));
        var r = above / below;
        var square = r * r;
        var p = Vector128.Create(Atan5);
        p = (p * square) + Vector128.Create(Atan4);
        p = (p * square) + Vector128.Create(Atan3);
        p = (p * square) + Vector128.Create(Atan2);
        p = (p * square) + Vector128.Create(Atan1);
        p = (p * square) + Vector128.Create(Atan0);
        return ((p * square * r) + r + start) ^ (x & Vector128.Create(-0.0));
    }

    private static Vector512<float> TanOfLarge(Vector512<float> x)
    {
        for (int i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Tan(x[i]));
        return x;
    }

    private static Vector256<float> TanOfLarge(Vector256<float> x)
    {
        for (int i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Tan(x[i]));
        return x;
    }

    private static Vector128<float> TanOfLarge(Vector128<float> x)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
            x = x.WithElement(i, (float)Math.Tan(x[i]));
        return x;
    }
}
