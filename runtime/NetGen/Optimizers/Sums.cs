using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// Sums over flat ranges in double. Sixteen accumulators take the elements in turn and are added in ascending order, on every path, so that the
/// bits depend on the values alone; the products are exact in double.
/// </summary>
internal static class Sums
{
    private const int Accumulators = 16;

    /// <summary>The sum of the squares.</summary>
    internal static double OfSquares(ReadOnlySpan<float> values) => Add(values, squared: true);

    /// <summary>The sum of the magnitudes.</summary>
    internal static double OfMagnitudes(ReadOnlySpan<float> values) => Add(values, squared: false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double Add(ReadOnlySpan<float> values, bool squared)
    {
        double* sums = stackalloc double[Accumulators];
        new Span<double>(sums, Accumulators).Clear();
        int i = 0;
        fixed (float* start = values)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Vector512<double> sum0 = default, sum1 = default;
                for (; i <= values.Length - Accumulators; i += Accumulators)
                {
                    (Vector512<double> x0, Vector512<double> x1) = Vector512.Widen(Vector512.Load(start + i));
                    sum0 += squared ? x0 * x0 : Vector512.Abs(x0);
                    sum1 += squared ? x1 * x1 : Vector512.Abs(x1);
                }
                sum0.Store(sums);
                sum1.Store(sums + 8);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                for (; i <= values.Length - Accumulators; i += Accumulators)
                {
                    (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.Load(start + i));
                    (Vector256<double> x2, Vector256<double> x3) = Vector256.Widen(Vector256.Load(start + i + 8));
                    sum0 += squared ? x0 * x0 : Vector256.Abs(x0);
                    sum1 += squared ? x1 * x1 : Vector256.Abs(x1);
                    sum2 += squared ? x2 * x2 : Vector256.Abs(x2);
                    sum3 += squared ? x3 * x3 : Vector256.Abs(x3);
                }
                sum0.Store(sums);
                sum1.Store(sums + 4);
                sum2.Store(sums + 8);
                sum3.Store(sums + 12);
            }
            for (; i < values.Length; i++)
            {
                double value = start[i];
                sums[i % Accumulators] += squared ? value * value : Math.Abs(value);
            }
        }
        double total = 0;
        for (int lane = 0; lane < Accumulators; lane++)
            total += sums[lane];
        return total;
    }
}
