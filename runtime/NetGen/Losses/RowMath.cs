using System.Numerics;

namespace NetGen;

/// <summary>Reductions and updates of one row, for the losses over classes. Sums are in double and in a fixed order.</summary>
internal static class RowMath
{
    /// <summary>The largest number; NaN is passed over.</summary>
    public static float Max(ReadOnlySpan<float> row)
    {
        float max = float.NegativeInfinity;
        int i = 0;
        if (row.Length >= Vector<float>.Count)
        {
            Vector<float> best = new(max);
            for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> x = new(row[i..]);
                best = Vector.ConditionalSelect(Vector.GreaterThan(x, best), x, best);
            }

            for (int lane = 0; lane < Vector<float>.Count; lane++) max = best[lane] > max ? best[lane] : max;
        }

        for (; i < row.Length; i++) max = row[i] > max ? row[i] : max;
        return max;
    }

    /// <summary>The sum.</summary>
    public static double Sum(ReadOnlySpan<float> row)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[i..]), out Vector<double> first, out Vector<double> second);
            low += first;
            high += second;
        }

        double sum = Vector.Sum(low + high);
        for (; i < row.Length; i++) sum += row[i];
        return sum;
    }

    /// <summary><c>sum(e^(x - max))</c> and max: their <c>max + log(sum)</c> is log(sum(e^x)) without overflow.</summary>
    public static double SumExp(ReadOnlySpan<float> row, out float max)
    {
        max = Max(row);
        Vector<float> top = new(max);
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(LossMath.Exp(new Vector<float>(row[i..]) - top), out Vector<double> first, out Vector<double> second);
            low += first;
            high += second;
        }

        double sum = Vector.Sum(low + high);
        for (; i < row.Length; i++) sum += VectorMath.Exp(row[i] - max);
        return sum;
    }

    /// <summary><c>scale e^(x - shift)</c>.</summary>
    public static void ScaledExp(ReadOnlySpan<float> row, float shift, float scale, Span<float> result)
    {
        int i = 0;
        Vector<float> center = new(shift);
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (LossMath.Exp(new Vector<float>(row[i..]) - center) * scale).CopyTo(result[i..]);
        for (; i < row.Length; i++) result[i] = scale * VectorMath.Exp(row[i] - shift);
    }

    /// <summary><c>scale x</c>.</summary>
    public static void Scale(ReadOnlySpan<float> row, float scale, Span<float> result)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count) (new Vector<float>(row[i..]) * scale).CopyTo(result[i..]);
        for (; i < row.Length; i++) result[i] = scale * row[i];
    }

    /// <summary><c>sum(x y)</c>.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out Vector<double> x0, out Vector<double> x1);
            Vector.Widen(new Vector<float>(y[i..]), out Vector<double> y0, out Vector<double> y1);
            low += x0 * y0;
            high += x1 * y1;
        }

        double sum = Vector.Sum(low + high);
        for (; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary><c>a x + b y</c>.</summary>
    public static void Combine(ReadOnlySpan<float> x, float a, ReadOnlySpan<float> y, float b, Span<float> result)
    {
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
            ((new Vector<float>(x[i..]) * a) + (new Vector<float>(y[i..]) * b)).CopyTo(result[i..]);
        for (; i < x.Length; i++) result[i] = (x[i] * a) + (y[i] * b);
    }

    /// <summary><c>log(e^a + e^b)</c>.</summary>
    public static double LogAdd(double a, double b)
    {
        (double large, double small) = a > b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(small) ? large : large + Math.Log(1 + Math.Exp(small - large));
    }
}
