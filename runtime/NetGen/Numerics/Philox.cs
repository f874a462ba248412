using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// The counter-based random generator Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
/// a stateless function of (seed, stream, step, index), so that any part of a sequence can be drawn again, in any order and on any thread.
/// </summary>
/// <remarks>
/// Element <c>index</c> of the sequence (seed, stream, step) lies in block <c>index / 64</c>, word <c>index % 64 / 16</c> and lane
/// <c>index % 16</c>. Its bits are that word of Philox(key = seed, counter = (n low, n high, step, stream)) with
/// <c>n = index / 64 * 16 + lane</c>: sixteen consecutive counters give 64 consecutive elements, and each aligned sixteen of them is one
/// whole vector. Every vector width gives the same bits.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Philox
{
    /// <summary>The number of consecutive elements that one call of the vector form draws at once.</summary>
    public const int BlockSize = 64;

    // The paper's multipliers and Weyl increments of the key (table 2, N = 4, W = 32).
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four output words of Philox4x32-10 for one counter.</summary>
    /// <param name="key">The key; its low half is the paper's first key word.</param>
    /// <param name="c0">The first counter word.</param>
    /// <param name="c1">The second counter word.</param>
    /// <param name="c2">The third counter word.</param>
    /// <param name="c3">The fourth counter word.</param>
    public static (uint X0, uint X1, uint X2, uint X3) Generate(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0, product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            unchecked
            {
                k0 += Weyl0;
                k1 += Weyl1;
            }
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The 32 random bits of one element.</summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed, such as the ordinal of a layer.</param>
    /// <param name="step">The step of training, or another count of draws.</param>
    /// <param name="index">The element, at least 0.</param>
    public static uint Bits(ulong seed, uint stream, uint step, long index)
    {
        var (x0, x1, x2, x3) = Words(seed, stream, step, index);
        return ((int)index >> 4 & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>One element of the uniform distribution on [0, 1): a multiple of 2^-24.</summary>
    /// <inheritdoc cref="Bits"/>
    public static float Uniform(ulong seed, uint stream, uint step, long index) => ToUniform(Bits(seed, stream, step, index));

    /// <summary>An integer in [0, <paramref name="bound"/>), from 64 random bits: the bias is below bound / 2^64.</summary>
    /// <param name="bound">The exclusive upper bound, at least 1.</param>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The element, at least 0; unlike the other forms, each element has a counter of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public static long Below(long bound, ulong seed, uint stream, uint step, long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var (x0, x1, _, _) = Generate(seed, (uint)index, (uint)(index >> 32), step, stream);
        return (long)Math.BigMul((ulong)x1 << 32 | x0, (ulong)bound, out _);
    }

    /// <summary>The upper 24 of 32 random bits as a number in [0, 1).</summary>
    /// <param name="bits">The random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToUniform(uint bits) => (int)(bits >> 8) * UniformStep;

    private const float UniformStep = 1f / (1 << 24);

    private static (uint, uint, uint, uint) Words(ulong seed, uint stream, uint step, long index)
    {
        long counter = (index >> 6 << 4) + (index & 15);
        return Generate(seed, (uint)counter, (uint)(counter >> 32), step, stream);
    }
}
