using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NetGen;

/// <summary>
/// Replaces a file whole or not at all: the new content goes to a temporary file in the same folder, is flushed to the disk, and takes the
/// old file's
/// place by a rename. Whenever the process is killed, the old or the new content is there.
/// </summary>
public static partial class AtomicFile
{
    // Between the last byte and the rename a file is unlocked for a moment only; what nobody holds for so long was left by a process that
    // died.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(1);

    private static int counter;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to create or replace; a symbolic link is followed.</param>
    /// <param name="write">Writes the whole content. If it throws, the old file stays.</param>
    /// <exception cref="IOException">
    /// The disk is full, or the file or its folder cannot be written, or what stands in its place is no file but, for example, a device or a FIFO, which a rename would
    /// replace; the old file stays.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written; the old file stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var file = new FileInfo(path);
        string target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (FileKind.Irregular(target) is { } kind)
            throw new IOException($"'{path}' is {kind}; only a file can be replaced by another.");
        DeleteAbandoned(target);
        string temporary = $"{target}.{Environment.ProcessId}-{Interlocked.Increment(ref counter)}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception)
        {
            TryDelete(temporary);
            if (!exception.Message.Contains(temporary, StringComparison.Ordinal)) throw;
            // The caller knows his own file, not the one that stands in for it.
            string message = exception.Message.Replace(temporary, target, StringComparison.Ordinal);
            throw exception switch
            {
                UnauthorizedAccessException => new UnauthorizedAccessException(message, exception),
                IOException => new IOException(message, exception) { HResult = exception.HResult },
                _ => exception,
            };
        }

        if (!OperatingSystem.IsWindows()) FlushFolder(Path.GetDirectoryName(target)!);
    }

    private static void DeleteAbandoned(string target)
    {
        string? folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The folder '{folder}' of '{target}' does not exist.");
        foreach (string file in Directory.EnumerateFiles(folder, $"{Path.GetFileName(target)}.*-*.tmp"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) < AbandonedAfter) continue;
            try
            {
                // A living writer holds its file exclusively, so that opening it fails.
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody works on it, or it is not ours to delete.
            }
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first exception tells more.
        }
    }

    /// <summary>Makes the rename itself last through a power failure, where the file system can; .NET opens no folders.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void FlushFolder(string folder)
    {
        int descriptor = OpenReadOnly(folder, 0);
        if (descriptor < 0) return;
        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenReadOnly(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
