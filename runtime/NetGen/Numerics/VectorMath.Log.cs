using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class VectorMath
{
    // log(x) = e ln 2 + log(1 + f) with 1 + f between sqrt(1/2) and sqrt(2);
    // log(1 + f) = f - f^2 / 2 + f^3 p(f), p of least relative error.
    private const int SqrtHalfBits = 0x3F3504F3;
    private const float SmallestNormal = 1.17549435e-38f;
    private const float Log0 = 0.333333313f;
    private const float Log1 = -0.250008225f;
    private const float Log2 = 0.200012222f;
    private const float Log3 = -0.166233525f;
    private const float Log4 = 0.142018259f;
    private const float Log5 = -0.131602764f;
    private const float Log6 = 0.127612129f;
    private const float Log7 = -0.0763385519f;

    /// <summary>The natural logarithm, max 0.9 ulp; minus infinity at 0, NaN below.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        var isSmall = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var bits = Vector512.ConditionalSelect(isSmall, x * Vector512.Create(8388608f), x).AsInt32();
        var exponent = (bits - Vector512.Create(SqrtHalfBits)) >> 23;
        var f = (bits - (exponent << 23)).AsSingle() - Vector512<float>.One;
        var e = Vector512.ConvertToSingle(exponent) - (isSmall & Vector512.Create(23f));
        return LogOrLimit(x, LogReduced(f, e));
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        var isSmall = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var bits = Vector256.ConditionalSelect(isSmall, x * Vector256.Create(8388608f), x).AsInt32();
        var exponent = (bits - Vector256.Create(SqrtHalfBits)) >> 23;
        var f = (bits - (exponent << 23)).AsSingle() - Vector256<float>.One;
        var e = Vector256.ConvertToSingle(exponent) - (isSmall & Vector256.Create(23f));
        return LogOrLimit(x, LogReduced(f, e));
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x)
    {
        var isSmall = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        var bits = Vector128.ConditionalSelect(isSmall, x * Vector128.Create(8388608f), x).AsInt32();
        var exponent = (bits - Vector128.Create(SqrtHalfBits)) >> 23;
        var f = (bits - (exponent << 23)).AsSingle() - Vector128<float>.One;
        var e = Vector128.ConvertToSingle(exponent) - (isSmall & Vector128.Create(23f));
        return LogOrLimit(x, LogReduced(f, e));
    }

    /// <inheritdoc cref="Log(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x) => Log(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>
    /// <c>log(1 + x)</c> without cancellation near 0,
    /// max 2 ulp (denormal arguments lose their last two bits); minus infinity at -1, NaN below.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1p(Vector512<float> x)
    {
        var u = Vector512<float>.One + x;
        var exponent = (u.AsInt32() - Vector512.Create(SqrtHalfBits)) >> 23;
        // 1 + f = 2^-e (1 + x), without rounding 1 + x first. The power of two is taken four times too large, so as to be normal.
        var scale = PowerOfTwo(-exponent, 129);
        var f = MultiplyAdd(x * Vector512.Create(0.25f), scale, MultiplyAdd(scale, Vector512.Create(0.25f), Vector512.Create(-1f)));
        return LogOrLimit(u, LogReduced(f, Vector512.ConvertToSingle(exponent)));
    }

    /// <inheritdoc cref="Log1p(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        var u = Vector256<float>.One + x;
        var exponent = (u.AsInt32() - Vector256.Create(SqrtHalfBits)) >> 23;
        // 1 + f = 2^-e (1 + x), without rounding 1 + x first. The power of two is taken four times too large, so as to be normal.
        var scale = PowerOfTwo(-exponent, 129);
        var f = MultiplyAdd(x * Vector256.Create(0.25f), scale, MultiplyAdd(scale, Vector256.Create(0.25f), Vector256.Create(-1f)));
        return LogOrLimit(u, LogReduced(f, Vector256.ConvertToSingle(exponent)));
    }

    /// <inheritdoc cref="Log1p(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log1p(Vector128<float> x)
    {
        var u = Vector128<float>.One + x;
        var exponent = (u.AsInt32() - Vector128.Create(SqrtHalfBits)) >> 23;
        // 1 + f = 2^-e (1 + x), without rounding 1 + x first. The power of two is taken four times too large, so as to be normal.
        var scale = PowerOfTwo(-exponent, 129);
        var f = MultiplyAdd(x * Vector128.Create(0.25f), scale, MultiplyAdd(scale, Vector128.Create(0.25f), Vector128.Create(-1f)));
        return LogOrLimit(u, LogReduced(f, Vector128.ConvertToSingle(exponent)));
    }

    /// <inheritdoc cref="Log1p(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log1p(float x) => Log1p(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>log(1 + exp(x))</c> as <c>max(x, 0) + log1p(exp(-|x|))</c>, max 1.9 ulp.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        var q = Exp(-Vector512.Abs(x));
        var exponent = ((Vector512<float>.One + q).AsInt32() - Vector512.Create(SqrtHalfBits)) >> 23;
        var scale = PowerOfTwo(-exponent, 127);
        return Relu(x) + LogReduced(MultiplyAdd(q, scale, scale - Vector512<float>.One), Vector512.ConvertToSingle(exponent));
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x)
    {
        var q = Exp(-Vector256.Abs(x));
        var exponent = ((Vector256<float>.One + q).AsInt32() - Vector256.Create(SqrtHalfBits)) >> 23;
        var scale = PowerOfTwo(-exponent, 127);
        return Relu(x) + LogReduced(MultiplyAdd(q, scale, scale - Vector256<float>.One), Vector256.ConvertToSingle(exponent));
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x)
    {
        var q = Exp(-Vector128.Abs(x));
        var exponent = ((Vector128<float>.One + q).AsInt32() - Vector128.Create(SqrtHalfBits)) >> 23;
        var scale = PowerOfTwo(-exponent, 127);
        return Relu(x) + LogReduced(MultiplyAdd(q, scale, scale - Vector128<float>.One), Vector128.ConvertToSingle(exponent));
    }

    /// <inheritdoc cref="Softplus(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => Softplus(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogReduced(Vector512<float> f, Vector512<float> e)
    {
        var p = Vector512.Create(Log7);
        p = MultiplyAdd(p, f, Vector512.Create(Log6));
        p = MultiplyAdd(p, f, Vector512.Create(Log5));
        p = MultiplyAdd(p, f, Vector512.Create(Log4));
        p = MultiplyAdd(p, f, Vector512.Create(Log3));
        p = MultiplyAdd(p, f, Vector512.Create(Log2));
        p = MultiplyAdd(p, f, Vector512.Create(Log1));
        p = MultiplyAdd(p, f, Vector512.Create(Log0));
        var square = f * f;
        var low = MultiplyAdd(e, Vector512.Create(Ln2Low), p * square * f);
        low = MultiplyAdd(square, Vector512.Create(-0.5f), low);
        return MultiplyAdd(e, Vector512.Create(Ln2High), f + low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogReduced(Vector256<float> f, Vector256<float> e)
    {
        var p = Vector256.Create(Log7);
        p = MultiplyAdd(p, f, Vector256.Create(Log6));
        p = MultiplyAdd(p, f, Vector256.Create(Log5));
        p = MultiplyAdd(p, f, Vector256.Create(Log4));
        p = MultiplyAdd(p, f, Vector256.Create(Log3));
        p = MultiplyAdd(p, f, Vector256.Create(Log2));
        p = MultiplyAdd(p, f, Vector256.Create(Log1));
        p = MultiplyAdd(p, f, Vector256.Create(Log0));
        var square = f * f;
        var low = MultiplyAdd(e, Vector256.Create(Ln2Low), p * square * f);
        low = MultiplyAdd(square, Vector256.Create(-0.5f), low);
        return MultiplyAdd(e, Vector256.Create(Ln2High), f + low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogReduced(Vector128<float> f, Vector128<float> e)
    {
        var p = Vector128.Create(Log7);
        p = MultiplyAdd(p, f, Vector128.Create(Log6));
        p = MultiplyAdd(p, f, Vector128.Create(Log5));
        p = MultiplyAdd(p, f, Vector128.Create(Log4));
        p = MultiplyAdd(p, f, Vector128.Create(Log3));
        p = MultiplyAdd(p, f, Vector128.Create(Log2));
        p = MultiplyAdd(p, f, Vector128.Create(Log1));
        p = MultiplyAdd(p, f, Vector128.Create(Log0));
        var square = f * f;
        var low = MultiplyAdd(e, Vector128.Create(Ln2Low), p * square * f);
        low = MultiplyAdd(square, Vector128.Create(-0.5f), low);
        return MultiplyAdd(e, Vector128.Create(Ln2High), f + low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogOrLimit(Vector512<float> distance, Vector512<float> result)
    {
        // NaN and infinity stand for themselves; here the distance from the pole is not positive and finite.
        var limit = Vector512.ConditionalSelect(Vector512.LessThan(distance, Vector512<float>.Zero), Vector512.Create(float.NaN), distance);
        var isPole = Vector512.Equals(distance, Vector512<float>.Zero);
        limit = Vector512.ConditionalSelect(isPole, Vector512.Create(float.NegativeInfinity), limit);
        var regular = Vector512.GreaterThan(distance, Vector512<float>.Zero)
            & Vector512.LessThan(distance, Vector512.Create(float.PositiveInfinity));
        return Vector512.ConditionalSelect(regular, result, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LogOrLimit(Vector256<float> distance, Vector256<float> result)
    {
        // NaN and infinity stand for themselves; here the distance from the pole is not positive and finite.
        var limit = Vector256.ConditionalSelect(Vector256.LessThan(distance, Vector256<float>.Zero), Vector256.Create(float.NaN), distance);
        var isPole = Vector256.Equals(distance, Vector256<float>.Zero);
        limit = Vector256.ConditionalSelect(isPole, Vector256.Create(float.NegativeInfinity), limit);
        var regular = Vector256.GreaterThan(distance, Vector256<float>.Zero)
            & Vector256.LessThan(distance, Vector256.Create(float.PositiveInfinity));
        return Vector256.ConditionalSelect(regular, result, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LogOrLimit(Vector128<float> distance, Vector128<float> result)
    {
        // NaN and infinity stand for themselves; here the distance from the pole is not positive and finite.
        var limit = Vector128.ConditionalSelect(Vector128.LessThan(distance, Vector128<float>.Zero), Vector128.Create(float.NaN), distance);
        var isPole = Vector128.Equals(distance, Vector128<float>.Zero);
        limit = Vector128.ConditionalSelect(isPole, Vector128.Create(float.NegativeInfinity), limit);
        var regular = Vector128.GreaterThan(distance, Vector128<float>.Zero)
            & Vector128.LessThan(distance, Vector128.Create(float.PositiveInfinity));
        return Vector128.ConditionalSelect(regular, result, limit);
    }
}
