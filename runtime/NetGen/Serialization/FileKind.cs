using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NetGen;

/// <summary>What stands in a file's place: .NET tells folders and links apart, but takes a FIFO or a device for a file.</summary>
internal static unsafe partial class FileKind
{
    // Of Linux's fcntl.h and stat.h; the layout of struct statx is the same on every architecture.
    private const int AtWorkingFolder = -100;
    private const uint TypeOnly = 1;
    private const int StatxSize = 256;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;

    /// <summary>Tells what a path is where it exists and is no regular file, as a message says it; null for a regular file and where nothing is.</summary>
    public static string? Irregular(string path)
    {
        if (Directory.Exists(path)) return "a folder";
        return OperatingSystem.IsLinux() ? OnLinux(path) : null;
    }

    [SupportedOSPlatform("linux")]
    private static string? OnLinux(string path)
    {
        byte* status = stackalloc byte[StatxSize];
        try
        {
            if (Statx(AtWorkingFolder, path, 0, TypeOnly, status) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than statx.
            return null;
        }

        return (*(ushort*)(status + ModeAt) & TypeMask) switch
        {
            0x8000 => null,
            0x1000 => "a FIFO",
            0xC000 => "a socket",
            _ => "a device",
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);
}
