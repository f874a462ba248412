using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

public static partial class VectorMath
{
    // exp(x) = 2^n exp(r) with n = round(x / ln 2) and |r| <= ln 2 / 2. Adding 1.5 * 2^23 leaves n in the low bits of the sum.
    // The first part of ln 2 has nine bits, so that its product with n is exact (Cody and Waite 1980).
    // exp(r) - 1 = r + r^2 q(r), q of least relative error.
    private const float Log2E = 1.44269504f;
    private const float RoundingShift = 12582912f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float Exp0 = 0.49999997f;
    private const float Exp1 = 0.166665435f;
    private const float Exp2 = 0.0416672006f;
    private const float Exp3 = 0.00836651959f;
    private const float Exp4 = 0.00138823898f;

    /// <summary><c>exp(x)</c>, max 1.2 ulp, gradual down to the smallest denormal; overflow gives infinity.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -104f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector512<float>.One), r, Vector512<float>.One);
        if (Avx512F.IsSupported)
            return Avx512F.Scale(p, shifted - Vector512.Create(RoundingShift));
        // The factor 2^n goes in as two halves, since it may lie outside the range where the product does not.
        var n = shifted.AsInt32();
        var half = n >> 1;
        return p * PowerOfTwo(half, 127) * PowerOfTwo(n - half, 127);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -104f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector256<float>.One), r, Vector256<float>.One);
        // The factor 2^n goes in as two halves, since it may lie outside the range where the product does not.
        var n = shifted.AsInt32();
        var half = n >> 1;
        return p * PowerOfTwo(half, 127) * PowerOfTwo(n - half, 127);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -104f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector128<float>.One), r, Vector128<float>.One);
        // The factor 2^n goes in as two halves, since it may lie outside the range where the product does not.
        var n = shifted.AsInt32();
        var half = n >> 1;
        return p * PowerOfTwo(half, 127) * PowerOfTwo(n - half, 127);
    }

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exp(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>exp(x) - 1</c> without cancellation near 0, max 1.8 ulp; -1 at minus infinity.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expm1(Vector512<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -20f, 89f));
        // 2^n (exp(r) - 1) + (2^n - 1), halved so that 2^n stays finite.
        var scale = PowerOfTwo(shifted.AsInt32(), 126);
        var half = MultiplyAdd(MultiplyAdd(r * r, q, r), scale, scale - Vector512.Create(0.5f));
        return half + half;
    }

    /// <inheritdoc cref="Expm1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -20f, 89f));
        // 2^n (exp(r) - 1) + (2^n - 1), halved so that 2^n stays finite.
        var scale = PowerOfTwo(shifted.AsInt32(), 126);
        var half = MultiplyAdd(MultiplyAdd(r * r, q, r), scale, scale - Vector256.Create(0.5f));
        return half + half;
    }

    /// <inheritdoc cref="Expm1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Expm1(Vector128<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(x, -20f, 89f));
        // 2^n (exp(r) - 1) + (2^n - 1), halved so that 2^n stays finite.
        var scale = PowerOfTwo(shifted.AsInt32(), 126);
        var half = MultiplyAdd(MultiplyAdd(r * r, q, r), scale, scale - Vector128.Create(0.5f));
        return half + half;
    }

    /// <inheritdoc cref="Expm1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Expm1(float x) => Expm1(Vector128.CreateScalar(x)).ToScalar();

    /// <summary>
    /// <c>1 / (1 + exp(-x))</c>, max 2.5 ulp;
    /// results below the normal range (x &lt; -87.3) may become 0.
    /// </summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(-x, -87f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector512<float>.One), r, Vector512<float>.One);
        return Vector512<float>.One / MultiplyAdd(p, PowerOfTwo(shifted.AsInt32(), 127), Vector512<float>.One);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(-x, -87f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector256<float>.One), r, Vector256<float>.One);
        return Vector256<float>.One / MultiplyAdd(p, PowerOfTwo(shifted.AsInt32(), 127), Vector256<float>.One);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x)
    {
        var (shifted, r, q) = ReduceExp(Clamp(-x, -87f, 89f));
        var p = MultiplyAdd(MultiplyAdd(q, r, Vector128<float>.One), r, Vector128<float>.One);
        return Vector128<float>.One / MultiplyAdd(p, PowerOfTwo(shifted.AsInt32(), 127), Vector128<float>.One);
    }

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => Sigmoid(Vector128.CreateScalar(x)).ToScalar();

    // R and q(R) of the reduction above; the low bits of Shifted are n.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Shifted, Vector512<float> R, Vector512<float> Q) ReduceExp(Vector512<float> x)
    {
        var shifted = MultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(RoundingShift));
        var n = shifted - Vector512.Create(RoundingShift);
        var r = MultiplyAdd(n, Vector512.Create(-Ln2Low), MultiplyAdd(n, Vector512.Create(-Ln2High), x));
        var q = Vector512.Create(Exp4);
        q = MultiplyAdd(q, r, Vector512.Create(Exp3));
        q = MultiplyAdd(q, r, Vector512.Create(Exp2));
        q = MultiplyAdd(q, r, Vector512.Create(Exp1));
        q = MultiplyAdd(q, r, Vector512.Create(Exp0));
        return (shifted, r, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Shifted, Vector256<float> R, Vector256<float> Q) ReduceExp(Vector256<float> x)
    {
        var shifted = MultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(RoundingShift));
        var n = shifted - Vector256.Create(RoundingShift);
        var r = MultiplyAdd(n, Vector256.Create(-Ln2Low), MultiplyAdd(n, Vector256.Create(-Ln2High), x));
        var q = Vector256.Create(Exp4);
        q = MultiplyAdd(q, r, Vector256.Create(Exp3));
        q = MultiplyAdd(q, r, Vector256.Create(Exp2));
        q = MultiplyAdd(q, r, Vector256.Create(Exp1));
        q = MultiplyAdd(q, r, Vector256.Create(Exp0));
        return (shifted, r, q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Shifted, Vector128<float> R, Vector128<float> Q) ReduceExp(Vector128<float> x)
    {
        var shifted = MultiplyAdd(x, Vector128.Create(Log2E), Vector128.Create(RoundingShift));
        var n = shifted - Vector128.Create(RoundingShift);
        var r = MultiplyAdd(n, Vector128.Create(-Ln2Low), MultiplyAdd(n, Vector128.Create(-Ln2High), x));
        var q = Vector128.Create(Exp4);
        q = MultiplyAdd(q, r, Vector128.Create(Exp3));
        q = MultiplyAdd(q, r, Vector128.Create(Exp2));
        q = MultiplyAdd(q, r, Vector128.Create(Exp1));
        q = MultiplyAdd(q, r, Vector128.Create(Exp0));
        return (shifted, r, q);
    }

    // 2^(exponent + bias - 127) of the low nine bits of the exponent: 0 or infinity at the ends of the range.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> exponent, int bias)
    {
        return ((exponent << 23) + Vector512.Create(bias << 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> exponent, int bias)
    {
        return ((exponent << 23) + Vector256.Create(bias << 23)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> exponent, int bias)
    {
        return ((exponent << 23) + Vector128.Create(bias << 23)).AsSingle();
    }
}
