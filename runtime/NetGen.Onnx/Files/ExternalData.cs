using System.Globalization;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>The place of a tensor's bytes in a file beside the model's.</summary>
internal sealed class ExternalData
{
    private readonly string path;
    private readonly long offset;
    private readonly long length;

    private ExternalData(string path, long offset, long length)
    {
        this.path = path;
        this.offset = offset;
        this.length = length;
    }

    /// <summary>Checks that the file lies in the model's folder, also behind links, and holds the bytes.</summary>
    /// <exception cref="FormatException">It does not; the message is a sentence.</exception>
    public static ExternalData Check(TensorProto proto, string? folder, string place, long length)
    {
        string location = Entry(proto, "location") ?? "";
        if (folder is null || location.Length == 0 || location.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException($"{place} has external data without a usable location.");
        }

        string shown = ModelFileException.Shorten(location);
        string[] parts = location.Split('/', '\\');
        if (Path.IsPathRooted(location) || parts.Contains("..") || parts[0].Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException($"{place} has external data in '{shown}', which must be a path within the model's folder.");
        }

        string path = Path.GetFullPath(Path.Combine(folder, Path.Combine(parts)));
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new FormatException($"{place} has external data in '{shown}', which is not there.");
        }

        if (LeavesByLink(Path.GetFullPath(folder), path))
        {
            throw new FormatException($"{place} has external data in '{shown}', which is a link or lies behind one; external data must lie in the model's folder itself.");
        }

        long offset = Number(proto, "offset", place) ?? 0;
        if (Number(proto, "length", place) is { } given && given != length)
        {
            throw new FormatException($"{place} has {given} bytes of external data where its sizes and type say {length}.");
        }

        return offset <= file.Length && length <= file.Length - offset ? new ExternalData(path, offset, length) : throw new FormatException(
            $"{place} has its {length} bytes at {offset} in '{shown}', which has {file.Length}.");
    }

    /// <summary>Reads the bytes.</summary>
    /// <exception cref="IOException">The file cannot be read, or has become shorter.</exception>
    public byte[] Read()
    {
        using FileStream stream = new(this.path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        stream.Position = this.offset;
        byte[] bytes = new byte[this.length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Whether a file or a folder on the way to it from the model's folder is a link.</summary>
    private static bool LeavesByLink(string folder, string path)
    {
        for (string? at = path; at is not null && at.Length > folder.TrimEnd(Path.DirectorySeparatorChar).Length; at = Path.GetDirectoryName(at))
        {
            if (File.GetAttributes(at).HasFlag(FileAttributes.ReparsePoint))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Entry(TensorProto proto, string key) => proto.ExternalData.FirstOrDefault(e => e.Key == key)?.Value;

    private static long? Number(TensorProto proto, string key, string place) =>
        Entry(proto, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw new FormatException($"{place} has external data whose {key} is '{ModelFileException.Shorten(text)}', not a number.");
}
