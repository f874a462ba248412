using System.IO.Compression;

namespace NetGen.Keras;

/// <summary>
/// A <c>.keras</c> file, which is a zip archive. Nothing of it is written to the disk under a name from within it, so a path that leads out of its folder leads nowhere; entries are unpacked up to
/// what is stated here, whatever the archive says of their size.
/// </summary>
internal static class KerasArchive
{
    /// <summary>Bytes of a configuration.</summary>
    public const long MostConfiguration = 128L << 20;

    /// <summary>Bytes of weights: more than any file that fits the memory of today's machines.</summary>
    public const long MostWeights = 64L << 30;

    /// <summary>Weights are hardly ever compressed, and Keras stores them as they are.</summary>
    private const int MostExpansion = 100;

    private const int MostEntries = 10_000;

    /// <summary>The configuration as text, or null, and the weights as a stream that can be read at any place.</summary>
    /// <exception cref="ModelFileException">The archive is damaged, too large, or none of Keras.</exception>
    public static (string Configuration, Stream Weights) Open(string path, Stream file)
    {
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries)
            {
                throw new ModelFileException(path, null, $"The archive has {archive.Entries.Count} entries, more than {MostEntries}.");
            }

            ZipArchiveEntry configuration = Entry(archive, path, "config.json");
            using MemoryStream text = new();
            Unpack(path, configuration, text, MostConfiguration);
            ZipArchiveEntry weights = archive.GetEntry("model.weights.h5") is not null || archive.GetEntry("model.weights.npz") is null ? Entry(archive, path, "model.weights.h5")
                : throw new ModelFileException(path, null, "Its weights are a NumPy archive (model.weights.npz). Load the model in Keras and save it again: weights are HDF5 there.");
            return (Text(path, text), Unpacked(path, weights));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new ModelFileException(path, null, $"It is not a Keras archive, or it is damaged: {e.Message}", e);
        }
    }

    /// <summary>Weights of a few megabytes in memory; larger ones in a nameless temporary file.</summary>
    private static Stream Unpacked(string path, ZipArchiveEntry entry)
    {
        long most = Math.Min(MostWeights, (1L << 20) + (entry.CompressedLength * MostExpansion));
        Stream content = entry.Length <= 64L << 20 ? new MemoryStream()
            : new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            Unpack(path, entry, content, most);
            content.Position = 0;
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string path, string name)
    {
        if (archive.GetEntry(name) is { } entry)
        {
            return entry;
        }

        string[] names = [.. archive.Entries.Select(e => ModelFileException.Shorten(e.FullName)).Take(10)];
        throw new ModelFileException(path, null, $"The archive has no '{name}', so it is not a model of Keras; it has {(names.Length == 0 ? "nothing" : string.Join(", ", names))}.");
    }

    private static void Unpack(string path, ZipArchiveEntry entry, Stream destination, long most)
    {
        using Stream source = entry.Open();
        byte[] chunk = new byte[1 << 16];
        for (long total = 0; ;)
        {
            int count = source.Read(chunk);
            if (count == 0)
            {
                return;
            }

            if ((total += count) > most)
            {
                throw new ModelFileException(path, null, $"'{entry.FullName}' unpacks to more than {most} bytes of {entry.CompressedLength}; it is made to fill the disk.");
            }

            destination.Write(chunk.AsSpan(0, count));
        }
    }

    private static string Text(string path, MemoryStream bytes)
    {
        try
        {
            return new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (ArgumentException e)
        {
            throw new ModelFileException(path, null, "'config.json' is not UTF-8.", e);
        }
    }
}
