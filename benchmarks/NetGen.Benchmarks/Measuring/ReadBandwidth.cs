using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks;

/// <summary>Reads a block of memory again and again, as a matrix-vector product reads its weights.</summary>
internal sealed unsafe class ReadBandwidth : IDisposable
{
    private readonly byte* block;
    private readonly nint bytes;

    public ReadBandwidth(nint bytes)
    {
        this.bytes = bytes;
        block = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 4096);
        // Pages that were never written are all the same one.
        NativeMemory.Fill(block, (nuint)bytes, 1);
    }

    /// <summary>Sizes that lie in one level of usual caches and not in the one before.</summary>
    public static IReadOnlyList<(string Name, nint Bytes)> Levels { get; } =
        [("read-l1", 24 << 10), ("read-l2", 512 << 10), ("read-l3", 8 << 20), ("read-memory", 512 << 20)];

    /// <summary>GB/s over <paramref name="seconds"/>, at least one pass.</summary>
    public double Measure(double seconds)
    {
        // Passes between two looks at the clock: about 4 MB, so that small blocks are not timed by it.
        int passes = (int)Math.Max(1, (4 << 20) / bytes);
        long start = Stopwatch.GetTimestamp(), read = 0;
        TimeSpan elapsed;
        do
        {
            if (Vector512.IsHardwareAccelerated) Read<Vector512<float>, Operations512>(passes);
            else if (Vector256.IsHardwareAccelerated) Read<Vector256<float>, Operations256>(passes);
            else Read<Vector128<float>, Operations128>(passes);
            read += passes * bytes;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < seconds);
        return read / elapsed.TotalSeconds * 1e-9;
    }

    public void Dispose() => NativeMemory.AlignedFree(block);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private T Read<T, TOperations>(int passes)
        where T : unmanaged
        where TOperations : IVectorOperations<T>
    {
        T a = TOperations.Create(0), b = a, c = a, d = a;
        int width = sizeof(T);
        for (; passes > 0; passes--)
        {
            byte* end = block + bytes;
            for (byte* p = block; p < end; p += 8 * width)
            {
                a = TOperations.Xor(a, TOperations.Load(p));
                b = TOperations.Xor(b, TOperations.Load(p + width));
                c = TOperations.Xor(c, TOperations.Load(p + 2 * width));
                d = TOperations.Xor(d, TOperations.Load(p + 3 * width));
                a = TOperations.Xor(a, TOperations.Load(p + 4 * width));
                b = TOperations.Xor(b, TOperations.Load(p + 5 * width));
                c = TOperations.Xor(c, TOperations.Load(p + 6 * width));
                d = TOperations.Xor(d, TOperations.Load(p + 7 * width));
            }
        }
        return TOperations.Xor(TOperations.Xor(a, b), TOperations.Xor(c, d));
    }
}
