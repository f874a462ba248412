using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>The orthogonal factor of a QR decomposition by Householder reflections (Golub and Van Loan, "Matrix Computations", 5.2).</summary>
internal static class HouseholderQ
{
    private const int Accumulators = 8;

    /// <summary>
    /// Replaces the columns of a matrix by those of its Q, with the signs that make the diagonal of R positive; with them, Q of a normal matrix
    /// is uniform among the orthogonal ones.
    /// </summary>
    /// <param name="columns">The columns one after another, <paramref name="count"/> of <paramref name="length"/> elements each.</param>
    /// <param name="length">The length of a column, at least <paramref name="count"/>.</param>
    /// <param name="count">The number of columns.</param>
    internal static void Compute(Span<double> columns, int length, int count)
    {
        double[] reflectors = new double[columns.Length];
        bool[] negative = new bool[count];
        for (int k = 0; k < count; k++)
        {
            Span<double> reflector = reflectors.AsSpan(k * length, length)[k..];
            columns.Slice((k * length) + k, length - k).CopyTo(reflector);
            double norm = Math.Sqrt(Dot(reflector, reflector));
            // The reflection takes the column to -sign(x0) * norm, which avoids cancellation; that is the diagonal of R.
            negative[k] = reflector[0] >= 0;
            reflector[0] += negative[k] ? norm : -norm;
            double length2 = Dot(reflector, reflector);
            double scale = length2 > 0 ? Math.Sqrt(2 / length2) : 0;
            foreach (ref double value in reflector)
                value *= scale;
            for (int j = k + 1; j < count; j++)
                Reflect(columns.Slice((j * length) + k, length - k), reflector);
        }
        columns.Clear();
        for (int k = count - 1; k >= 0; k--)
        {
            columns[(k * length) + k] = negative[k] ? -1 : 1;
            Span<double> reflector = reflectors.AsSpan(k * length, length)[k..];
            for (int j = k; j < count; j++)
                Reflect(columns.Slice((j * length) + k, length - k), reflector);
        }
    }

    /// <summary><c>x -= (v · x) v</c>, with v of norm sqrt(2).</summary>
    private static void Reflect(Span<double> x, ReadOnlySpan<double> v)
    {
        double product = Dot(x, v);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref double first = ref MemoryMarshal.GetReference(x);
            ref double other = ref MemoryMarshal.GetReference(v);
            for (; i <= x.Length - Vector256<double>.Count; i += Vector256<double>.Count)
                (Vector256.LoadUnsafe(ref first, (nuint)i) - (product * Vector256.LoadUnsafe(ref other, (nuint)i))).StoreUnsafe(ref first, (nuint)i);
        }
        for (; i < x.Length; i++)
            x[i] -= product * v[i];
    }

    // Eight sums side by side, added in a fixed order: quick, and the same bits on every path, for products and sums are rounded one by one.
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Span<double> sums = stackalloc double[Accumulators];
        sums.Clear();
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref double first = ref MemoryMarshal.GetReference(x);
            ref double other = ref MemoryMarshal.GetReference(y);
            Vector256<double> sum0 = default, sum1 = default;
            for (; i <= x.Length - Accumulators; i += Accumulators)
            {
                sum0 += Vector256.LoadUnsafe(ref first, (nuint)i) * Vector256.LoadUnsafe(ref other, (nuint)i);
                sum1 += Vector256.LoadUnsafe(ref first, (nuint)i + 4) * Vector256.LoadUnsafe(ref other, (nuint)i + 4);
            }
            sum0.CopyTo(sums);
            sum1.CopyTo(sums[4..]);
        }
        for (; i < x.Length; i++)
            sums[i % Accumulators] += x[i] * y[i];
        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return total;
    }
}
