using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// Sums, products and extremes over the lanes of one vector in a fixed order: the upper half is folded onto the lower one until one lane is left,
/// so that lane i of 2n meets lane i + n first. A vector whose upper half is the neutral element gives the bits of its lower half.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Horizontal
{
    /// <summary>The sum of all lanes.</summary>
    /// <param name="value">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value) => Sum(value.GetLower() + value.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> value) => Sum(value.GetLower() + value.GetUpper());

    /// <inheritdoc cref="Sum(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> value)
    {
        Vector128<float> pairs = value + Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        return (pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The product of all lanes.</summary>
    /// <param name="value">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Vector512<float> value) => Product(value.GetLower() * value.GetUpper());

    /// <inheritdoc cref="Product(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Vector256<float> value) => Product(value.GetLower() * value.GetUpper());

    /// <inheritdoc cref="Product(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product(Vector128<float> value)
    {
        Vector128<float> pairs = value * Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        return (pairs * Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The largest lane; NaN if any is NaN.</summary>
    /// <param name="value">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> value) => Max(VectorMath.Max(value.GetLower(), value.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> value) => Max(VectorMath.Max(value.GetLower(), value.GetUpper()));

    /// <inheritdoc cref="Max(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> value)
    {
        Vector128<float> pairs = VectorMath.Max(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return VectorMath.Max(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>The smallest lane; NaN if any is NaN.</summary>
    /// <param name="value">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector512<float> value) => Min(VectorMath.Min(value.GetLower(), value.GetUpper()));

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector256<float> value) => Min(VectorMath.Min(value.GetLower(), value.GetUpper()));

    /// <inheritdoc cref="Min(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector128<float> value)
    {
        Vector128<float> pairs = VectorMath.Min(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        return VectorMath.Min(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
