using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Functions of whole vectors that the losses share.</summary>
internal static class LossMath
{
    /// <summary>Keras's epsilon.</summary>
    public const float Epsilon = 1e-7f;

    /// <summary>The upper end of clipped probabilities, rounded to float as Keras computes it.</summary>
    public const float OneMinusEpsilon = 1 - Epsilon;

    /// <summary>x within [low, high]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Clip(Vector<float> x, float low, float high)
    {
        Vector<float> lowest = new(low);
        Vector<float> highest = new(high);
        Vector<float> above = Vector.ConditionalSelect(Vector.LessThan(x, lowest), lowest, x);
        return Vector.ConditionalSelect(Vector.GreaterThan(above, highest), highest, above);
    }

    /// <summary>Where clipping changed a number; NaN counts as unchanged, so that it reaches the gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> IsClipped(Vector<float> x, Vector<float> clipped) =>
        Vector.GreaterThan(x, clipped) | Vector.LessThan(x, clipped);

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Log(x.AsVector512()).AsVector(),
        8 => VectorMath.Log(x.AsVector256()).AsVector(),
        _ => VectorMath.Log(x.AsVector128()).AsVector(),
    };

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Exp(x.AsVector512()).AsVector(),
        8 => VectorMath.Exp(x.AsVector256()).AsVector(),
        _ => VectorMath.Exp(x.AsVector128()).AsVector(),
    };

    /// <summary><c>log(1 + e^x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Softplus(x.AsVector512()).AsVector(),
        8 => VectorMath.Softplus(x.AsVector256()).AsVector(),
        _ => VectorMath.Softplus(x.AsVector128()).AsVector(),
    };

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Sigmoid(x.AsVector512()).AsVector(),
        8 => VectorMath.Sigmoid(x.AsVector256()).AsVector(),
        _ => VectorMath.Sigmoid(x.AsVector128()).AsVector(),
    };

    /// <summary><c>log(1 + x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1p(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Log1p(x.AsVector512()).AsVector(),
        8 => VectorMath.Log1p(x.AsVector256()).AsVector(),
        _ => VectorMath.Log1p(x.AsVector128()).AsVector(),
    };

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Vector<float>.Count switch
    {
        16 => VectorMath.Tanh(x.AsVector512()).AsVector(),
        8 => VectorMath.Tanh(x.AsVector256()).AsVector(),
        _ => VectorMath.Tanh(x.AsVector128()).AsVector(),
    };

    /// <summary><c>x^y</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Pow(Vector<float> x, Vector<float> y) => Vector<float>.Count switch
    {
        16 => VectorMath.Pow(x.AsVector512(), y.AsVector512()).AsVector(),
        8 => VectorMath.Pow(x.AsVector256(), y.AsVector256()).AsVector(),
        _ => VectorMath.Pow(x.AsVector128(), y.AsVector128()).AsVector(),
    };

    /// <summary>-1, 0 or 1; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sign(Vector<float> x) => Vector.ConditionalSelect(
        Vector.GreaterThan(x, Vector<float>.Zero),
        Vector<float>.One,
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), -Vector<float>.One, x));
}
