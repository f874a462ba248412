using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // A quotient below this is exact enough in double for its remainder to be exact.
    private const float LargestExactQuotient = 1 << 28;

    /// <summary>
    /// The nearest number of 16 bits as IEEE 754 has them, of two as near the even one; infinite from 65520 on.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> RoundToHalf(Vector512<float> x)
    {
        var magnitude = Vector512.Abs(x);
        var bits = magnitude.AsInt32();
        var rounded = ((bits + Vector512.Create(0xFFF) + ((bits >>> 13) & Vector512<int>.One)) & Vector512.Create(~0x1FFF)).AsSingle();
        rounded = Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(rounded, Vector512.Create(65536f)), Vector512.Create(float.PositiveInfinity), rounded);
        // Below 2^-14 the steps are 2^-24, as those of floats are from 1/2 on.
        var small = (magnitude + Vector512.Create(0.5f)) - Vector512.Create(0.5f);
        var y = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(6.103515625e-5f)), small, rounded);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y | (x & Vector512.Create(-0f)), x);
    }

    /// <inheritdoc cref="RoundToHalf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> RoundToHalf(Vector256<float> x)
    {
        var magnitude = Vector256.Abs(x);
        var bits = magnitude.AsInt32();
        var rounded = ((bits + Vector256.Create(0xFFF) + ((bits >>> 13) & Vector256<int>.One)) & Vector256.Create(~0x1FFF)).AsSingle();
        rounded = Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(rounded, Vector256.Create(65536f)), Vector256.Create(float.PositiveInfinity), rounded);
        // Below 2^-14 the steps are 2^-24, as those of floats are from 1/2 on.
        var small = (magnitude + Vector256.Create(0.5f)) - Vector256.Create(0.5f);
        var y = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(6.103515625e-5f)), small, rounded);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), y | (x & Vector256.Create(-0f)), x);
    }

    /// <inheritdoc cref="RoundToHalf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> RoundToHalf(Vector128<float> x)
    {
        var magnitude = Vector128.Abs(x);
        var bits = magnitude.AsInt32();
        var rounded = ((bits + Vector128.Create(0xFFF) + ((bits >>> 13) & Vector128<int>.One)) & Vector128.Create(~0x1FFF)).AsSingle();
        rounded = Vector128.ConditionalSelect(
            Vector128.GreaterThanOrEqual(rounded, Vector128.Create(65536f)), Vector128.Create(float.PositiveInfinity), rounded);
        // Below 2^-14 the steps are 2^-24, as those of floats are from 1/2 on.
        var small = (magnitude + Vector128.Create(0.5f)) - Vector128.Create(0.5f);
        var y = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(6.103515625e-5f)), small, rounded);
        return Vector128.ConditionalSelect(Vector128.Equals(x, x), y | (x & Vector128.Create(-0f)), x);
    }

    /// <inheritdoc cref="RoundToHalf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundToHalf(float x) => RoundToHalf(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>The nearest number that has the upper 16 bits of a float, of two as near the even one.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> RoundToBFloat16(Vector512<float> x)
    {
        var bits = x.AsInt32();
        var rounded = ((bits + Vector512.Create(0x7FFF) + ((bits >>> 16) & Vector512<int>.One)) & Vector512.Create(~0xFFFF)).AsSingle();
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), rounded, x);
    }

    /// <inheritdoc cref="RoundToBFloat16(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> RoundToBFloat16(Vector256<float> x)
    {
        var bits = x.AsInt32();
        var rounded = ((bits + Vector256.Create(0x7FFF) + ((bits >>> 16) & Vector256<int>.One)) & Vector256.Create(~0xFFFF)).AsSingle();
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), rounded, x);
    }

    /// <inheritdoc cref="RoundToBFloat16(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> RoundToBFloat16(Vector128<float> x)
    {
        var bits = x.AsInt32();
        var rounded = ((bits + Vector128.Create(0x7FFF) + ((bits >>> 16) & Vector128<int>.One)) & Vector128.Create(~0xFFFF)).AsSingle();
        return Vector128.ConditionalSelect(Vector128.Equals(x, x), rounded, x);
    }

    /// <inheritdoc cref="RoundToBFloat16(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundToBFloat16(float x) => RoundToBFloat16(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>
    /// The remainder of a division with the sign of the dividend, exact; NaN by 0 and of infinity.
    /// A vector with a quotient beyond 2^28 goes lane by lane.
    /// </summary>
    /// <param name="x">The dividend.</param>
    /// <param name="y">The divisor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fmod(Vector512<float> x, Vector512<float> y)
    {
        var isNear = Vector512.LessThan(Vector512.Abs(x / y), Vector512.Create(LargestExactQuotient));
        if (!Vector512.EqualsAll(
            (isNear & Vector512.LessThan(Vector512.Abs(y), Vector512.Create(float.PositiveInfinity))).AsInt32(), Vector512<int>.AllBitsSet))
            return FmodOfLarge(x, y);
        return Vector512.Narrow(
            FmodOfDouble(Vector512.WidenLower(x), Vector512.WidenLower(y)), FmodOfDouble(Vector512.WidenUpper(x), Vector512.WidenUpper(y)));
    }

    /// <inheritdoc cref="Fmod(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fmod(Vector256<float> x, Vector256<float> y)
    {
        var isNear = Vector256.LessThan(Vector256.Abs(x / y), Vector256.Create(LargestExactQuotient));
        if (!Vector256.EqualsAll(
            (isNear & Vector256.LessThan(Vector256.Abs(y), Vector256.Create(float.PositiveInfinity))).AsInt32(), Vector256<int>.AllBitsSet))
            return FmodOfLarge(x, y);
        return Vector256.Narrow(
            FmodOfDouble(Vector256.WidenLower(x), Vector256.WidenLower(y)), FmodOfDouble(Vector256.WidenUpper(x), Vector256.WidenUpper(y)));
    }

    /// <inheritdoc cref="Fmod(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fmod(Vector128<float> x, Vector128<float> y)
    {
        var isNear = Vector128.LessThan(Vector128.Abs(x / y), Vector128.Create(LargestExactQuotient));
        if (!Vector128.EqualsAll(
            (isNear & Vector128.LessThan(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity))).AsInt32(), Vector128<int>.AllBitsSet))
            return FmodOfLarge(x, y);
        return Vector128.Narrow(
            FmodOfDouble(Vector128.WidenLower(x), Vector128.WidenLower(y)), FmodOfDouble(Vector128.WidenUpper(x), Vector128.WidenUpper(y)));
    }

    /// <inheritdoc cref="Fmod(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fmod(float x, float y) => Fmod(Vector128.CreateScalar(x), Vector128.CreateScalar(y)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FmodOfDouble(Vector512<double> x, Vector512<double> y)
    {
        return x - (Vector512.Truncate(x / y) * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FmodOfDouble(Vector256<double> x, Vector256<double> y)
    {
        return x - (Vector256.Truncate(x / y) * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> FmodOfDouble(Vector128<double> x, Vector128<double> y)
    {
        return x - (Vector128.Truncate(x / y) * y);
    }

    private static Vector512<float> FmodOfLarge(Vector512<float> x, Vector512<float> y)
    {
        for (int i = 0; i < Vector512<float>.Count; i++)
            x = x.WithElement(i, x[i] % y[i]);
        return x;
    }

    private static Vector256<float> FmodOfLarge(Vector256<float> x, Vector256<float> y)
    {
        for (int i = 0; i < Vector256<float>.Count; i++)
            x = x.WithElement(i, x[i] % y[i]);
        return x;
    }

    private static Vector128<float> FmodOfLarge(Vector128<float> x, Vector128<float> y)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
            x = x.WithElement(i, x[i] % y[i]);
        return x;
    }
}
