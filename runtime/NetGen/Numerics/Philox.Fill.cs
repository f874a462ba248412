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
    public static void FillUniform(Span<float> destination, ulong seed, uint stream, uint step, long start = 0)
    {
        Span<float> block = stackalloc float[BlockSize];
        while (!destination.IsEmpty)
        {
            int within = (int)(start & (BlockSize - 1));
            int count = Math.Min(BlockSize - within, destination.Length);
            if (count == BlockSize)
            {
                UniformBlock(ref MemoryMarshal.GetReference(destination), seed, stream, step, start);
            }
            else
            {
                UniformBlock(ref MemoryMarshal.GetReference(block), seed, stream, step, start - within);
                block.Slice(within, count).CopyTo(destination);
            }
            destination = destination[count..];
            start += count;
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
