using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Benchmarks;

/// <summary>Multiply-adds on independent accumulators in registers: the most that a core can do.</summary>
internal static class FmaPeak
{
    /// <summary>Two FMA units of four to five cycles latency are kept busy by ten chains; twelve leave room.</summary>
    private const int Chains = 12;

    private const int StepsPerCall = 20_000;

    /// <summary>The widths that this process may use, widest first, each with its GFLOP/s over some seconds.</summary>
    public static IReadOnlyList<(string Name, Func<double, double> Rate)> Widths { get; } = [.. FindWidths()];

    /// <summary>GFLOP/s of <paramref name="threads"/> threads at once, at the widest width.</summary>
    public static double Measure(int threads, double seconds)
    {
        var rate = Widths[0].Rate;
        if (threads == 1) return rate(seconds);
        using var start = new Barrier(threads);
        var rates = new double[threads];
        var team = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            int index = i;
            team[i] = new Thread(() =>
            {
                start.SignalAndWait();
                rates[index] = rate(seconds);
            });
            team[i].Start();
        }
        foreach (var thread in team) thread.Join();
        return rates.Sum();
    }

    private static IEnumerable<(string, Func<double, double>)> FindWidths()
    {
        if (Vector512.IsHardwareAccelerated) yield return ("fma-512", Rate<Vector512<float>, Operations512>);
        // A fused multiply-add without FMA instructions is a slow call.
        if (Vector256.IsHardwareAccelerated && Fma.IsSupported) yield return ("fma-256", Rate<Vector256<float>, Operations256>);
        yield return ("fma-128", Rate<Vector128<float>, Operations128>);
    }

    private static double Rate<T, TOperations>(double seconds)
        where T : unmanaged
        where TOperations : IVectorOperations<T>
    {
        T sum = TOperations.Create(0);
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        TimeSpan elapsed;
        do
        {
            Accumulate<T, TOperations>(StepsPerCall, ref sum);
            calls++;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < seconds);
        return 2.0 * Unsafe.SizeOf<T>() / sizeof(float) * Chains * StepsPerCall * calls / elapsed.TotalSeconds * 1e-9;
    }

    /// <summary>
    /// a = 0.999·a + 0.001 tends to 1: no overflow, no denormals. There is no call in this method: the JIT keeps a vector that lives across
    /// one in memory for its whole life, the loop included.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Accumulate<T, TOperations>(int steps, ref T sum)
        where T : unmanaged
        where TOperations : IVectorOperations<T>
    {
        T scale = TOperations.Create(0.999f), shift = TOperations.Create(0.001f);
        T a = shift, b = shift, c = shift, d = shift, e = shift, f = shift, g = shift, h = shift, i = shift, j = shift, k = shift, l = shift;
        for (int step = 0; step < steps; step++)
        {
            a = TOperations.MultiplyAdd(a, scale, shift);
            b = TOperations.MultiplyAdd(b, scale, shift);
            c = TOperations.MultiplyAdd(c, scale, shift);
            d = TOperations.MultiplyAdd(d, scale, shift);
            e = TOperations.MultiplyAdd(e, scale, shift);
            f = TOperations.MultiplyAdd(f, scale, shift);
            g = TOperations.MultiplyAdd(g, scale, shift);
            h = TOperations.MultiplyAdd(h, scale, shift);
            i = TOperations.MultiplyAdd(i, scale, shift);
            j = TOperations.MultiplyAdd(j, scale, shift);
            k = TOperations.MultiplyAdd(k, scale, shift);
            l = TOperations.MultiplyAdd(l, scale, shift);
        }
        // All twelve reach the result, or the JIT might drop some.
        T even = TOperations.Xor(TOperations.Xor(TOperations.Xor(a, c), TOperations.Xor(e, g)), TOperations.Xor(i, k));
        T odd = TOperations.Xor(TOperations.Xor(TOperations.Xor(b, d), TOperations.Xor(f, h)), TOperations.Xor(j, l));
        sum = TOperations.Xor(even, odd);
    }
}
