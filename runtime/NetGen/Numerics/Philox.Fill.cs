using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static partial class Philox
{
    /// <summary>Fills a span with consecutive elements of the uniform distribution on [0, 1).</summary>
    /// <param name="destination">Receives elements <paramref name="start"/>, <paramref name="start"/> + 1, ...</param>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="start">The index of the first element, at least 0; any split of a range into calls gives the same numbers.</param>
    public static void FillUniform(Span<float> destination, ulong seed, uint stream, uint step, long start = 0) =>
        Fill(destination, seed, stream, step, start, isNormal: false);

    /// <summary>Fills a span with consecutive elements of the normal distribution of mean 0 and deviation 1.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public static void FillNormal(Span<float> destination, ulong seed, uint stream, uint step, long start = 0) =>
        Fill(destination, seed, stream, step, start, isNormal: true);

    /// <summary>One element of the normal distribution of mean 0 and deviation 1.</summary>
    /// <inheritdoc cref="Bits"/>
    public static float Normal(ulong seed, uint stream, uint step, long index)
    {
        var (x0, x1, x2, x3) = Words(seed, stream, step, index);
        bool isSecondPair = (index & 32) != 0;
        var (cosine, sine) = NormalPair(ToUniform(isSecondPair ? x2 : x0), ToUniform(isSecondPair ? x3 : x1));
        return (index & 16) == 0 ? cosine : sine;
    }

    /// <summary>
    /// Two independent normal numbers of two uniform ones in [0, 1): <c>sqrt(-2 log(1 - u))</c> times the cosine and the sine of
    /// <c>2 pi v</c> (Box and Muller 1958). In the sequence they are 16 elements apart.
    /// </summary>
    /// <param name="u">The uniform number of the radius.</param>
    /// <param name="v">The uniform number of the angle.</param>
    public static (float First, float Second) NormalPair(float u, float v)
    {
        float radius = MathF.Sqrt(-2f * VectorMath.Log(1f - u)), angle = v * MathF.Tau;
        return (radius * VectorMath.Cos(angle), radius * VectorMath.Sin(angle));
    }

    private static void Fill(Span<float> destination, ulong seed, uint stream, uint step, long start, bool isNormal)
    {
        Span<float> block = stackalloc float[BlockSize];
        while (!destination.IsEmpty)
        {
            int within = (int)(start & (BlockSize - 1));
            int count = Math.Min(BlockSize - within, destination.Length);
            bool isWhole = count == BlockSize;
            ref float first = ref MemoryMarshal.GetReference(isWhole ? destination : block);
            UniformBlock(ref first, seed, stream, step, start - within);
            if (isNormal)
                UniformToNormal(ref first);
            if (!isWhole)
                block.Slice(within, count).CopyTo(destination);
            destination = destination[count..];
            start += count;
        }
    }

    // The words 0 and 1 of a counter are a pair, and 2 and 3; in a block they are 16 elements apart.
    private static void UniformToNormal(ref float block)
    {
        for (nuint pair = 0; pair < BlockSize; pair += 32)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                var radius = Vector512.Sqrt(-2f * VectorMath.Log(Vector512<float>.One - Vector512.LoadUnsafe(ref block, pair)));
                var angle = Vector512.LoadUnsafe(ref block, pair + 16) * MathF.Tau;
                (radius * VectorMath.Cos(angle)).StoreUnsafe(ref block, pair);
                (radius * VectorMath.Sin(angle)).StoreUnsafe(ref block, pair + 16);
                continue;
            }
            for (nuint i = pair; i < pair + 16; i += 8)
            {
                var radius = Vector256.Sqrt(-2f * VectorMath.Log(Vector256<float>.One - Vector256.LoadUnsafe(ref block, i)));
                var angle = Vector256.LoadUnsafe(ref block, i + 16) * MathF.Tau;
                (radius * VectorMath.Cos(angle)).StoreUnsafe(ref block, i);
                (radius * VectorMath.Sin(angle)).StoreUnsafe(ref block, i + 16);
            }
        }
    }

    private static void UniformBlock(ref float destination, ulong seed, uint stream, uint step, long index)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Uniform512(seed, stream, step, index, out var u0, out var u1, out var u2, out var u3);
            u0.StoreUnsafe(ref destination);
            u1.StoreUnsafe(ref destination, 16);
            u2.StoreUnsafe(ref destination, 32);
            u3.StoreUnsafe(ref destination, 48);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (int lane = 0; lane < 16; lane += 8)
            {
                Uniform256(seed, stream, step, index + lane, out var u0, out var u1, out var u2, out var u3);
                ref float first = ref Unsafe.Add(ref destination, lane);
                u0.StoreUnsafe(ref first);
                u1.StoreUnsafe(ref first, 16);
                u2.StoreUnsafe(ref first, 32);
                u3.StoreUnsafe(ref first, 48);
            }
        }
        else
        {
            for (int lane = 0; lane < 16; lane += 4)
            {
                Uniform128(seed, stream, step, index + lane, out var u0, out var u1, out var u2, out var u3);
                ref float first = ref Unsafe.Add(ref destination, lane);
                u0.StoreUnsafe(ref first);
                u1.StoreUnsafe(ref first, 16);
                u2.StoreUnsafe(ref first, 32);
                u3.StoreUnsafe(ref first, 48);
            }
        }
    }
}
