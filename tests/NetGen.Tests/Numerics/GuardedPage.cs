using System.Runtime.InteropServices;

namespace NetGen.Tests;

/// <summary>A page of memory with, on Linux, an inaccessible page behind it: touching a byte beyond the end ends the process.</summary>
internal sealed unsafe partial class GuardedPage : IDisposable
{
    private static readonly nuint Size = (nuint)Environment.SystemPageSize;
    private readonly byte* start = (byte*)NativeMemory.AlignedAlloc(2 * Size, Size);

    public GuardedPage() => SetProtection(0);

    /// <summary>The last elements of the page.</summary>
    public Span<float> Last(int count) => new(start + Size - ((nuint)count * sizeof(float)), count);

    public void Dispose()
    {
        SetProtection(3);
        NativeMemory.AlignedFree(start);
    }

    private void SetProtection(int readAndWrite)
    {
        if (OperatingSystem.IsLinux() && Protect(start + Size, Size, readAndWrite) != 0)
            throw new InvalidOperationException("mprotect failed.");
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint length, int protection);
}
