using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// A flat array of floats in native memory: zero at first, aligned to 64 bytes, with 64 bytes of zeroes behind the last element, so that a
/// whole vector may be loaded at any element. Buffers of a megabyte and more are aligned to 2 MB and ask Linux for huge pages, and there take no memory where nothing was written yet.
/// </summary>
/// <remarks>
/// The memory is freed by the finalizer. Whoever works through <see cref="Reference"/> or a span must hold the buffer alive with
/// <see cref="GC.KeepAlive"/> behind the last use: neither refers to it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe partial class NativeBuffer
{
    /// <summary>The alignment of the first element, and the length of the zeroes behind the last one, in bytes.</summary>
    public const int Alignment = 64;

    private const nuint HugePage = 2 << 20;
    private const nuint SmallestHuge = 1 << 20;
    private const int AdviseHugePage = 14; // MADV_HUGEPAGE of the Linux kernel's mman-common.h.
    private const int ReadAndWrite = 1 | 2; // PROT_READ and PROT_WRITE.
    private const int PrivateAnonymous = 2 | 0x20; // MAP_PRIVATE and MAP_ANONYMOUS.

    private readonly nuint bytes;

    // Where pages of the system's begin that the elements lie in; null where the elements were allocated.
    private readonly byte* pages;
    private float* data;

    /// <summary>Allocates a zeroed buffer.</summary>
    /// <param name="length">The number of floats, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative, or its bytes cannot be addressed.</exception>
    /// <exception cref="OutOfMemoryException">The memory is not to be had.</exception>
    public NativeBuffer(nint length)
    {
        // Written out, here and below: the generic helpers would be compiled for native integers at every start of a process.
        if (length < 0 || length > (nint.MaxValue / sizeof(float)) - (nint)HugePage)
            throw new ArgumentOutOfRangeException(nameof(length), length, "From 0 elements to as many as can be addressed were expected.");
        Length = length;
        bytes = ((nuint)length * sizeof(float)) + Alignment;
        bool isHuge = bytes >= SmallestHuge;
        nuint alignment = isHuge ? HugePage : Alignment;
        bytes = (bytes + alignment - 1) & ~(alignment - 1);
        pages = isHuge ? MapPages(bytes + alignment) : null;
        if (pages != null)
        {
            // Fresh pages are zero without being touched: of the gradients and slots of frozen weights there is then no memory at all.
            data = (float*)(((nuint)pages + alignment - 1) & ~(alignment - 1));
            _ = Advise(data, bytes, AdviseHugePage);
        }
        else
        {
            data = (float*)NativeMemory.AlignedAlloc(bytes, alignment);
            NativeMemory.Clear(data, bytes);
        }

        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Frees the memory of a buffer that nobody holds.</summary>
    ~NativeBuffer() => Release();

    /// <summary>The number of floats.</summary>
    public nint Length { get; }

    /// <summary>The first element.</summary>
    /// <exception cref="ObjectDisposedException">The buffer has been freed.</exception>
    public ref float Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (data == null)
                ThrowFreed();
            return ref *data;
        }
    }

    /// <summary>A part of the buffer.</summary>
    /// <param name="offset">The first element of the part.</param>
    /// <param name="length">The number of its elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the buffer.</exception>
    /// <exception cref="ObjectDisposedException">The buffer has been freed.</exception>
    public Span<float> Slice(nint offset, int length)
    {
        if (data == null)
            ThrowFreed();
        if ((nuint)offset > (nuint)Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The buffer has {Length} elements.");
        if ((nuint)length > (nuint)(Length - offset))
            throw new ArgumentOutOfRangeException(nameof(length), length, $"{Length - offset} elements follow element {offset}.");
        return new Span<float>(data + offset, length);
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear()
    {
        NativeMemory.Clear(Unsafe.AsPointer(ref Reference), (nuint)Length * sizeof(float));
        GC.KeepAlive(this);
    }

    /// <summary>Copies all elements of this buffer into another of the same length.</summary>
    /// <param name="destination">Receives the elements.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void CopyTo(NativeBuffer destination)
    {
        if (destination.Length != Length)
            throw new ArgumentException($"The buffer has {destination.Length} elements; {Length} were expected.", nameof(destination));
        CopyTo(destination, Length);
    }

    /// <summary>Copies the first elements of this buffer over those of another; both have as many.</summary>
    internal void CopyTo(NativeBuffer destination, nint length)
    {
        NativeMemory.Copy(Unsafe.AsPointer(ref Reference), Unsafe.AsPointer(ref destination.Reference), (nuint)length * sizeof(float));
        GC.KeepAlive(this);
        GC.KeepAlive(destination);
    }

    /// <summary>Frees the memory at once; only where no other thread can still work on it.</summary>
    internal void Free()
    {
        GC.SuppressFinalize(this);
        Release();
    }

    private void Release()
    {
        if (data == null)
            return;
        if (pages == null)
            NativeMemory.AlignedFree(data);
        else
            _ = Unmap(pages, bytes + HugePage);
        data = null;
        GC.RemoveMemoryPressure((long)bytes);
    }

    private static void ThrowFreed() => throw new ObjectDisposedException(nameof(NativeBuffer));

    // Null where there are none; the memory is then allocated as anywhere else.
    private static byte* MapPages(nuint length)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            nint address = Map(null, length, ReadAndWrite, PrivateAnonymous, -1, 0);
            return address == -1 ? null : (byte*)address;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* start, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
