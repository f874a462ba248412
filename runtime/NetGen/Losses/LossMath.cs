using System.Numerics;
using System.Runtime.CompilerServices;

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
    public static Vector<float> Log(Vector<float> x) => Map(x, MathF.Log);

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x) => Map(x, MathF.Exp);

    /// <summary><c>log(1 + e^x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => Map(x, v => (float)Math.Log(1 + Math.Exp(v)));

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Map(x, v => 1 / (1 + MathF.Exp(-v)));

    private static Vector<float> Map(Vector<float> x, Func<float, float> function)
    {
        for (int i = 0; i < Vector<float>.Count; i++) x = x.WithElement(i, function(x[i]));
        return x;
    }
}
