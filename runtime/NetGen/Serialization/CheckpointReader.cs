using System.Globalization;
using System.Text.Json;

namespace NetGen;

/// <summary>Reads a checkpoint that <see cref="CheckpointWriter"/> has written.</summary>
public sealed class CheckpointReader : IDisposable
{
    private readonly SafetensorsReader reader;

    /// <summary>Opens a checkpoint and reads the state of the training.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is damaged, is no checkpoint, or is of another version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public CheckpointReader(string path)
    {
        reader = new SafetensorsReader(path);
        try
        {
            Info = ReadInfo(reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The state of the training.</summary>
    public CheckpointInfo Info { get; }

    /// <summary>The tensors, with the prefixes of their sections.</summary>
    public IReadOnlyList<TensorInfo> Tensors => reader.Tensors;

    /// <summary>Restores the tensors of all sections. Nothing is written before all names and shapes are checked.</summary>
    /// <param name="architecture">The hash of the network's architecture.</param>
    /// <param name="sections">All sections that the checkpoint holds.</param>
    /// <exception cref="ModelFileException">The checkpoint is of another architecture; the message lists all tensors that are missing,
    /// unexpected or of
    /// another shape, with the most similar names.</exception>
    public void Restore(string architecture, params IReadOnlyList<CheckpointSection> sections)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(sections);
        var group = new TensorStoreGroup(sections);
        int[] matches = TensorMatcher.Match(reader, group.Tensors);
        if (architecture != Info.Architecture)
        {
            throw new ModelFileException(
                reader.FileName,
                null,
                $"The checkpoint is of the architecture '{ModelFileException.Shorten(Info.Architecture)}'; '{architecture}' is expected. "
                + "Names and shapes of the tensors agree, but other settings of the layers differ.");
        }

        WeightFile.Load(reader, group, matches);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => reader.Dispose();

    internal static bool IsCheckpoint(SafetensorsReader reader) => reader.HasMetadata && IsFormat(reader.Metadata);

    private static bool IsFormat(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault("format") == CheckpointWriter.Format;

    private static CheckpointInfo ReadInfo(SafetensorsReader reader)
    {
        if (!IsCheckpoint(reader))
        {
            throw new ModelFileException(
                reader.FileName, null, "This is no checkpoint; perhaps it holds weights only.");
        }

        string version = Text(reader, "version");
        if (version != CheckpointWriter.Version)
        {
            throw new ModelFileException(
                reader.FileName, null, $"The checkpoint has the version '{ModelFileException.Shorten(version)}'; {CheckpointWriter.Version} is expected.");
        }

        return new CheckpointInfo
        {
            Architecture = Text(reader, "architecture"),
            Epoch = (int)Number(reader, "epoch", int.MaxValue),
            Step = (long)Number(reader, "step", long.MaxValue),
            Seed = Number(reader, "seed", ulong.MaxValue),
            History = History(reader),
            Values = reader.Metadata
                .Where(pair => pair.Key.StartsWith(CheckpointWriter.ValuePrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[CheckpointWriter.ValuePrefix.Length..], pair => pair.Value, StringComparer.Ordinal),
        };
    }

    private static string Text(SafetensorsReader reader, string key) => reader.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new ModelFileException(reader.FileName, null, $"The checkpoint's metadata have no '{key}'.");

    private static ulong Number(SafetensorsReader reader, string key, ulong largest)
    {
        string text = Text(reader, key);
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= largest) return number;
        throw new ModelFileException(
            reader.FileName, null, $"The checkpoint's '{key}' is '{ModelFileException.Shorten(text)}'; an integer from 0 to {largest} is expected.");
    }

    private static OrderedDictionary<string, IReadOnlyList<double>> History(SafetensorsReader reader)
    {
        try
        {
            return CheckpointHistory.Parse(Text(reader, "history"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ModelFileException(reader.FileName, null, $"The checkpoint's history is damaged: {exception.Message}", exception);
        }
    }
}
