using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Runs an element-wise formula over rows that count alike, in vectors of the machine's width.</summary>
internal static class ElementLoop
{
    /// <summary>The sum of the values over <paramref name="predictions"/>; the derivatives, times <paramref name="scale"/>, go to
    /// <paramref name="gradient"/> unless that is empty. The order of the sum depends on the length alone.</summary>
    // Not inlined, for the reason of Lanes.Run.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double Run<TLoss>(
        TLoss loss, ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
        where TLoss : struct, IElementLoss
    {
        int width = Vector<float>.Count;
        int length = predictions.Length;
        bool differentiate = !gradient.IsEmpty;
        if (targets.Length != length || (differentiate && gradient.Length != length))
            throw new ArgumentException("Predictions, targets and gradient differ in length.", nameof(targets));

        ref float p = ref MemoryMarshal.GetReference(predictions);
        ref float t = ref MemoryMarshal.GetReference(targets);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= length - width; i += width)
        {
            Vector<float> prediction = Vector.LoadUnsafe(ref p, (nuint)i);
            Vector<float> target = Vector.LoadUnsafe(ref t, (nuint)i);
            loss.Evaluate(prediction, target, out Vector<float> value, out Vector<float> derivative);
            Vector.Widen(value, out Vector<double> first, out Vector<double> second);
            low += first;
            high += second;
            if (differentiate) (derivative * scale).StoreUnsafe(ref g, (nuint)i);
        }

        double sum = Vector.Sum(low + high);
        if (i < length)
        {
            // The rest goes through the same formula in a vector of its own.
            Span<float> rest = stackalloc float[3 * width];
            rest.Clear();
            predictions[i..].CopyTo(rest);
            targets[i..].CopyTo(rest[width..]);
            loss.Evaluate(new Vector<float>(rest), new Vector<float>(rest[width..]), out Vector<float> value, out Vector<float> derivative);
            for (int lane = 0; lane < length - i; lane++) sum += value[lane];
            (derivative * scale).CopyTo(rest[(2 * width)..]);
            if (differentiate) rest.Slice(2 * width, length - i).CopyTo(gradient[i..]);
        }

        return sum;
    }
}
