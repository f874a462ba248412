using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

// The vector forms. A state word of W counters is held as two vectors of 64-bit lanes, the even counters and the odd ones, of which only
// the low 32 bits count: the widening product reads no more, so that no lane is moved before the last round.
public static partial class Philox
{
    /// <summary>Uniform numbers in [0, 1) of 16 consecutive elements.</summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 16.</param>
    public static Vector512<float> Uniform512(ulong seed, uint stream, uint step, long index)
    {
        Bits512(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        return ToUniform(((int)index >> 4 & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 });
    }

    /// <summary>
    /// Uniform numbers in [0, 1) of four times 16 elements at the cost of one call of the other form: those from
    /// <paramref name="index"/>, <paramref name="index"/> + 16, + 32 and + 48 on.
    /// </summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 64.</param>
    /// <param name="u0">The 16 elements from <paramref name="index"/> on.</param>
    /// <param name="u1">The 16 elements from <paramref name="index"/> + 16 on.</param>
    /// <param name="u2">The 16 elements from <paramref name="index"/> + 32 on.</param>
    /// <param name="u3">The 16 elements from <paramref name="index"/> + 48 on.</param>
    public static void Uniform512(ulong seed, uint stream, uint step, long index,
        out Vector512<float> u0, out Vector512<float> u1, out Vector512<float> u2, out Vector512<float> u3)
    {
        Bits512(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        u0 = ToUniform(x0);
        u1 = ToUniform(x1);
        u2 = ToUniform(x2);
        u3 = ToUniform(x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bits512(ulong seed, uint stream, uint step, long index,
        out Vector512<uint> x0, out Vector512<uint> x1, out Vector512<uint> x2, out Vector512<uint> x3)
    {
        long counter = (index >> 6 << 4) + (index & 15);
        var even0 = Vector512.Create((ulong)counter) + Vector512.Create(0ul, 2ul, 4ul, 6ul, 8ul, 10ul, 12ul, 14ul);
        var odd0 = even0 + Vector512<ulong>.One;
        var even1 = Vector512.Create((ulong)counter >> 32);
        var even2 = Vector512.Create((ulong)step);
        var even3 = Vector512.Create((ulong)stream);
        var (odd1, odd2, odd3) = (even1, even2, even3);
        var k0 = Vector512.Create(seed);
        var k1 = Vector512.Create(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            var (p0, p1) = (Product(even0, Multiplier0), Product(even2, Multiplier1));
            (even0, even1, even2, even3) = ((p1 >>> 32) ^ even1 ^ k0, p1, (p0 >>> 32) ^ even3 ^ k1, p0);
            var (q0, q1) = (Product(odd0, Multiplier0), Product(odd2, Multiplier1));
            (odd0, odd1, odd2, odd3) = ((q1 >>> 32) ^ odd1 ^ k0, q1, (q0 >>> 32) ^ odd3 ^ k1, q0);
            k0 += Vector512.Create((ulong)Weyl0);
            k1 += Vector512.Create((ulong)Weyl1);
        }
        x0 = Interleave(even0, odd0);
        x1 = Interleave(even1, odd1);
        x2 = Interleave(even2, odd2);
        x3 = Interleave(even3, odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ToUniform(Vector512<uint> bits) =>
        Vector512.ConvertToSingle((bits >>> 8).AsInt32()) * Vector512.Create(UniformStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd) =>
        ((even & Vector512.Create((ulong)uint.MaxValue)) | (odd << 32)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> a, uint multiplier) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(a.AsUInt32(), Vector512.Create((ulong)multiplier).AsUInt32())
            : Vector512.Create(Product(a.GetLower(), multiplier), Product(a.GetUpper(), multiplier));

    /// <summary>Uniform numbers in [0, 1) of 8 consecutive elements.</summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 8.</param>
    public static Vector256<float> Uniform256(ulong seed, uint stream, uint step, long index)
    {
        Bits256(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        return ToUniform(((int)index >> 4 & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 });
    }

    /// <summary>
    /// Uniform numbers in [0, 1) of four times 8 elements at the cost of one call of the other form: those from
    /// <paramref name="index"/>, <paramref name="index"/> + 16, + 32 and + 48 on.
    /// </summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 8 in the first 16 of a block of 64.</param>
    /// <param name="u0">The 8 elements from <paramref name="index"/> on.</param>
    /// <param name="u1">The 8 elements from <paramref name="index"/> + 16 on.</param>
    /// <param name="u2">The 8 elements from <paramref name="index"/> + 32 on.</param>
    /// <param name="u3">The 8 elements from <paramref name="index"/> + 48 on.</param>
    public static void Uniform256(ulong seed, uint stream, uint step, long index,
        out Vector256<float> u0, out Vector256<float> u1, out Vector256<float> u2, out Vector256<float> u3)
    {
        Bits256(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        u0 = ToUniform(x0);
        u1 = ToUniform(x1);
        u2 = ToUniform(x2);
        u3 = ToUniform(x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bits256(ulong seed, uint stream, uint step, long index,
        out Vector256<uint> x0, out Vector256<uint> x1, out Vector256<uint> x2, out Vector256<uint> x3)
    {
        long counter = (index >> 6 << 4) + (index & 15);
        var even0 = Vector256.Create((ulong)counter) + Vector256.Create(0ul, 2ul, 4ul, 6ul);
        var odd0 = even0 + Vector256<ulong>.One;
        var even1 = Vector256.Create((ulong)counter >> 32);
        var even2 = Vector256.Create((ulong)step);
        var even3 = Vector256.Create((ulong)stream);
        var (odd1, odd2, odd3) = (even1, even2, even3);
        var k0 = Vector256.Create(seed);
        var k1 = Vector256.Create(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            var (p0, p1) = (Product(even0, Multiplier0), Product(even2, Multiplier1));
            (even0, even1, even2, even3) = ((p1 >>> 32) ^ even1 ^ k0, p1, (p0 >>> 32) ^ even3 ^ k1, p0);
            var (q0, q1) = (Product(odd0, Multiplier0), Product(odd2, Multiplier1));
            (odd0, odd1, odd2, odd3) = ((q1 >>> 32) ^ odd1 ^ k0, q1, (q0 >>> 32) ^ odd3 ^ k1, q0);
            k0 += Vector256.Create((ulong)Weyl0);
            k1 += Vector256.Create((ulong)Weyl1);
        }
        x0 = Interleave(even0, odd0);
        x1 = Interleave(even1, odd1);
        x2 = Interleave(even2, odd2);
        x3 = Interleave(even3, odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToUniform(Vector256<uint> bits) =>
        Vector256.ConvertToSingle((bits >>> 8).AsInt32()) * Vector256.Create(UniformStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Interleave(Vector256<ulong> even, Vector256<ulong> odd) =>
        ((even & Vector256.Create((ulong)uint.MaxValue)) | (odd << 32)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> a, uint multiplier) =>
        Avx2.IsSupported
            ? Avx2.Multiply(a.AsUInt32(), Vector256.Create((ulong)multiplier).AsUInt32())
            : Vector256.Create(Product(a.GetLower(), multiplier), Product(a.GetUpper(), multiplier));

    /// <summary>Uniform numbers in [0, 1) of 4 consecutive elements.</summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 4.</param>
    public static Vector128<float> Uniform128(ulong seed, uint stream, uint step, long index)
    {
        Bits128(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        return ToUniform(((int)index >> 4 & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 });
    }

    /// <summary>
    /// Uniform numbers in [0, 1) of four times 4 elements at the cost of one call of the other form: those from
    /// <paramref name="index"/>, <paramref name="index"/> + 16, + 32 and + 48 on.
    /// </summary>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">The independent use of the seed.</param>
    /// <param name="step">The count of draws.</param>
    /// <param name="index">The first element, a multiple of 4 in the first 16 of a block of 64.</param>
    /// <param name="u0">The 4 elements from <paramref name="index"/> on.</param>
    /// <param name="u1">The 4 elements from <paramref name="index"/> + 16 on.</param>
    /// <param name="u2">The 4 elements from <paramref name="index"/> + 32 on.</param>
    /// <param name="u3">The 4 elements from <paramref name="index"/> + 48 on.</param>
    public static void Uniform128(ulong seed, uint stream, uint step, long index,
        out Vector128<float> u0, out Vector128<float> u1, out Vector128<float> u2, out Vector128<float> u3)
    {
        Bits128(seed, stream, step, index, out var x0, out var x1, out var x2, out var x3);
        u0 = ToUniform(x0);
        u1 = ToUniform(x1);
        u2 = ToUniform(x2);
        u3 = ToUniform(x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bits128(ulong seed, uint stream, uint step, long index,
        out Vector128<uint> x0, out Vector128<uint> x1, out Vector128<uint> x2, out Vector128<uint> x3)
    {
        long counter = (index >> 6 << 4) + (index & 15);
        var even0 = Vector128.Create((ulong)counter) + Vector128.Create(0ul, 2ul);
        var odd0 = even0 + Vector128<ulong>.One;
        var even1 = Vector128.Create((ulong)counter >> 32);
        var even2 = Vector128.Create((ulong)step);
        var even3 = Vector128.Create((ulong)stream);
        var (odd1, odd2, odd3) = (even1, even2, even3);
        var k0 = Vector128.Create(seed);
        var k1 = Vector128.Create(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            var (p0, p1) = (Product(even0, Multiplier0), Product(even2, Multiplier1));
            (even0, even1, even2, even3) = ((p1 >>> 32) ^ even1 ^ k0, p1, (p0 >>> 32) ^ even3 ^ k1, p0);
            var (q0, q1) = (Product(odd0, Multiplier0), Product(odd2, Multiplier1));
            (odd0, odd1, odd2, odd3) = ((q1 >>> 32) ^ odd1 ^ k0, q1, (q0 >>> 32) ^ odd3 ^ k1, q0);
            k0 += Vector128.Create((ulong)Weyl0);
            k1 += Vector128.Create((ulong)Weyl1);
        }
        x0 = Interleave(even0, odd0);
        x1 = Interleave(even1, odd1);
        x2 = Interleave(even2, odd2);
        x3 = Interleave(even3, odd3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToUniform(Vector128<uint> bits) =>
        Vector128.ConvertToSingle((bits >>> 8).AsInt32()) * Vector128.Create(UniformStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Interleave(Vector128<ulong> even, Vector128<ulong> odd) =>
        ((even & Vector128.Create((ulong)uint.MaxValue)) | (odd << 32)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Product(Vector128<ulong> a, uint multiplier)
    {
        if (Sse2.IsSupported)
            return Sse2.Multiply(a.AsUInt32(), Vector128.Create((ulong)multiplier).AsUInt32());
        if (AdvSimd.IsSupported)
            return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a), Vector64.Create(multiplier));
        return (a & Vector128.Create((ulong)uint.MaxValue)) * Vector128.Create((ulong)multiplier);
    }
}
