using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Tests;

public sealed unsafe class NativeBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(262_128)]
    [InlineData(262_144)]
    [InlineData(1_000_001)]
    public void A_buffer_is_aligned_zeroed_and_padded_by_a_vector(int length)
    {
        var buffer = new NativeBuffer(length);
        Assert.Equal(length, buffer.Length);
        nuint address = (nuint)Unsafe.AsPointer(ref buffer.Reference);
        Assert.Equal(0u, address % (length >= 262_144 ? 2u << 20 : NativeBuffer.Alignment));
        Assert.False(buffer.Slice(0, length).ContainsAnyExcept(0f));
        Assert.Equal(Vector512<float>.Zero, Vector512.LoadUnsafe(ref buffer.Reference, (nuint)length));
        GC.KeepAlive(buffer);
    }

    [Fact]
    public void Slices_are_windows_on_the_elements_and_are_checked()
    {
        var buffer = new NativeBuffer(10);
        buffer.Slice(2, 3).Fill(1f);
        Unsafe.Add(ref buffer.Reference, 4) = 2f;
        Assert.Equal([0, 0, 1, 1, 2, 0, 0, 0, 0, 0], buffer.Slice(0, 10).ToArray());
        Assert.True(buffer.Slice(10, 0).IsEmpty);
        foreach (var (offset, length) in new[] { (-1, 1), (0, 11), (10, 1), (11, 0), (3, -1), (int.MaxValue, int.MaxValue) })
            Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Slice(offset, length));
        var copy = new NativeBuffer(10);
        buffer.CopyTo(copy);
        buffer.Clear();
        Assert.Equal([0, 0, 1, 1, 2, 0, 0, 0, 0, 0], copy.Slice(0, 10).ToArray());
        Assert.False(buffer.Slice(0, 10).ContainsAnyExcept(0f));
        Assert.Contains("9", Assert.Throws<ArgumentException>(() => buffer.CopyTo(new NativeBuffer(9))).Message);
    }

    [Fact]
    public void Lengths_that_cannot_be_addressed_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer(nint.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NativeBuffer(nint.MaxValue / 4));
    }

    [Fact]
    public void A_freed_buffer_is_refused_and_may_be_freed_again()
    {
        var buffer = new NativeBuffer(4);
        buffer.Free();
        buffer.Free();
        Assert.Throws<ObjectDisposedException>(() => buffer.Slice(0, 1));
        Assert.Throws<ObjectDisposedException>(() => { _ = buffer.Reference; });
    }
}
