using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

/// <summary>
/// Element-wise functions over vectors of 512, 256 and 128 bits and over single numbers, by the same polynomials in every width:
/// where the machine has a fused multiply-add, every width gives the same bits. Without it (the portable path) the products are rounded
/// before the sum and the last bits may differ. The stated errors hold on both.
/// </summary>
/// <remarks>
/// "ulp" is the distance between neighbouring floats at the exact result; the figures bound the errors found over all samples of the whole
/// range of bit patterns. NaN gives NaN, unless a function says otherwise; the sign of a zero result is not specified.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>
    /// Whether products are rounded with their sum. Native compilation for a baseline without FMA would test <see cref="Fma.IsSupported"/>
    /// again at every product; the acceleration of Vector256 is a constant everywhere.
    /// </summary>
    internal static bool IsFused
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Vector256.IsHardwareAccelerated && Fma.IsSupported) || AdvSimd.IsSupported;
    }

    /// <summary><c>a * b + c</c>, rounded once where the machine has a fused multiply-add, else twice.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <param name="c">The summand.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.IsHardwareAccelerated
            ? Vector512.FusedMultiplyAdd(a, b, c)
            : Vector512.Create(
                MultiplyAdd(a.GetLower(), b.GetLower(), c.GetLower()), MultiplyAdd(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <inheritdoc cref="MultiplyAdd(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.IsHardwareAccelerated && IsFused
            ? Vector256.FusedMultiplyAdd(a, b, c)
            : Vector256.Create(
                MultiplyAdd(a.GetLower(), b.GetLower(), c.GetLower()), MultiplyAdd(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    /// <inheritdoc cref="MultiplyAdd(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        IsFused ? Vector128.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <inheritdoc cref="MultiplyAdd(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => IsFused ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>The larger of two numbers; NaN if either is NaN, as NumPy and Keras have it.</summary>
    /// <param name="a">The first number.</param>
    /// <param name="b">The second number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.Equals(a, a), Vector512.MaxNative(a, b), a);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, a), Vector256.MaxNative(a, b), a);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Equals(a, a), Vector128.MaxNative(a, b), a);

    /// <inheritdoc cref="Max(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b) => Max(Vector128.CreateScalar(a), Vector128.CreateScalar(b)).ToScalar();

    /// <summary>The smaller of two numbers; NaN if either is NaN, as NumPy and Keras have it.</summary>
    /// <param name="a">The first number.</param>
    /// <param name="b">The second number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.Equals(a, a), Vector512.MinNative(a, b), a);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.Equals(a, a), Vector256.MinNative(a, b), a);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.Equals(a, a), Vector128.MinNative(a, b), a);

    /// <inheritdoc cref="Min(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float a, float b) => Min(Vector128.CreateScalar(a), Vector128.CreateScalar(b)).ToScalar();

    /// <summary><c>max(x, 0)</c>; NaN gives NaN.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> x) => Vector512.MaxNative(Vector512<float>.Zero, x);

    /// <inheritdoc cref="Relu(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Relu(Vector256<float> x) => Vector256.MaxNative(Vector256<float>.Zero, x);

    /// <inheritdoc cref="Relu(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu(Vector128<float> x) => Vector128.MaxNative(Vector128<float>.Zero, x);

    /// <inheritdoc cref="Relu(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float x) => Relu(Vector128.CreateScalar(x)).ToScalar();

    /// <summary><c>1 / sqrt(x)</c> by a correctly rounded root and quotient, max 1.5 ulp; infinity at 0, NaN below.</summary>
    /// <param name="x">The argument.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReciprocalSqrt(Vector512<float> x) => Vector512<float>.One / Vector512.Sqrt(x);

    /// <inheritdoc cref="ReciprocalSqrt(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ReciprocalSqrt(Vector256<float> x) => Vector256<float>.One / Vector256.Sqrt(x);

    /// <inheritdoc cref="ReciprocalSqrt(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ReciprocalSqrt(Vector128<float> x) => Vector128<float>.One / Vector128.Sqrt(x);

    /// <inheritdoc cref="ReciprocalSqrt(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReciprocalSqrt(float x) => ReciprocalSqrt(Vector128.CreateScalar(x)).ToScalar();

    // The argument stands second, where the machine's minimum and maximum take it if it is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamp(Vector512<float> x, float lower, float upper)
    {
        return Vector512.MinNative(Vector512.Create(upper), Vector512.MaxNative(Vector512.Create(lower), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> x, float lower, float upper)
    {
        return Vector256.MinNative(Vector256.Create(upper), Vector256.MaxNative(Vector256.Create(lower), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Clamp(Vector128<float> x, float lower, float upper)
    {
        return Vector128.MinNative(Vector128.Create(upper), Vector128.MaxNative(Vector128.Create(lower), x));
    }
}
