using System.Buffers;

namespace NetGen;

/// <summary>
/// Reads a safetensors file tensor by tensor; only the header is kept in memory. Opening checks the whole header and the file's length. Not
/// for several
/// threads at once.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    private const int ChunkSize = 1 << 20;

    private readonly Stream stream;
    private readonly SafetensorsHeader header;
    private TensorInfo[]? tensors;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file is damaged, truncated or not safetensors.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public SafetensorsReader(string path)
        : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1), path)
    {
    }

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">A seekable stream whose beginning is the file's; disposed with the reader.</param>
    /// <param name="fileName">The name to use in messages.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ModelFileException">The content is damaged, truncated or not safetensors.</exception>
    public SafetensorsReader(Stream stream, string fileName)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        if (!stream.CanSeek) throw new ArgumentException("The stream must be seekable.", nameof(stream));
        FileName = fileName;
        this.stream = stream;
        try
        {
            header = SafetensorsHeader.Read(stream, fileName);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The file's name.</summary>
    public string FileName { get; }

    /// <summary>The tensors in the order of their data, with the element types in which they are stored.</summary>
    public IReadOnlyList<TensorInfo> Tensors => tensors ??= Array.ConvertAll(header.Entries, entry => entry.Info);

    /// <summary>The free-form strings of the header; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata ?? [];

    /// <summary>The tensors with their places.</summary>
    internal SafetensorsEntry[] Entries => header.Entries;

    /// <summary>Whether the header has free-form strings.</summary>
    internal bool HasMetadata => header.Metadata is not null;

    /// <summary>The position of a tensor in <see cref="Tensors"/>, or -1.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <returns>The position.</returns>
    public int IndexOf(string name) => header.Positions.TryGetValue(name, out int index) ? index : -1;

    /// <summary>How many tensors have a name that begins so.</summary>
    internal int CountUnder(string prefix)
    {
        if (prefix.Length == 0) return header.Entries.Length;
        int count = 0;
        foreach (SafetensorsEntry entry in header.Entries) count += entry.Info.Name.StartsWith(prefix, StringComparison.Ordinal) ? 1 : 0;
        return count;
    }

    /// <summary>Reads a tensor, converted to floats (rounded to nearest) if it is stored in another type.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="destination">Receives the values, row-major; of exactly the tensor's size.</param>
    /// <exception cref="ModelFileException">The file has no such tensor; the message names the most similar one.</exception>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void Read(string name, Span<float> destination)
    {
        int index = IndexOf(name);
        if (index < 0)
        {
            string nearest = NearestName.Find(name, Tensors.Select(tensor => tensor.Name)) is { } other ? $" The most similar name is '{other}'." : "";
            throw new ModelFileException(FileName, name, $"The file has no such tensor.{nearest}");
        }

        Read(index, destination);
    }

    /// <summary>Reads a tensor, converted to floats (rounded to nearest) if it is stored in another type.</summary>
    /// <param name="index">The position in <see cref="Tensors"/>.</param>
    /// <param name="destination">Receives the values, row-major; of exactly the tensor's size.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="ModelFileException">The file has become shorter since it was opened.</exception>
    public void Read(int index, Span<float> destination)
    {
        SafetensorsEntry entry = header.Entries[index];
        TensorInfo info = entry.Info;
        if (destination.Length != info.Size)
        {
            throw new ArgumentException(
                $"The span has {destination.Length} elements; '{info.Name}' {TensorInfo.FormatShape(info.Shape)} has {info.Size}.", nameof(destination));
        }

        Read(index, 0, destination);
    }

    /// <summary>Reads a part of a tensor, from its element <paramref name="first"/> on.</summary>
    internal unsafe void Read(int index, long first, Span<float> destination)
    {
        SafetensorsEntry entry = header.Entries[index];
        TensorInfo info = entry.Info;
        stream.Position = entry.Start + (first * SafetensorsType.SizeOf(info.ElementType));
        if (info.ElementType == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            fixed (float* start = destination)
            {
                // A span of bytes cannot be longer than 2^31, a span of floats can be four times that.
                for (int done = 0; done < destination.Length; done += ChunkSize)
                    Fill(new Span<byte>(start + done, Math.Min(destination.Length - done, ChunkSize) * sizeof(float)), info);
            }

            return;
        }

        int elementSize = SafetensorsType.SizeOf(info.ElementType);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (!destination.IsEmpty)
            {
                int count = Math.Min(destination.Length, ChunkSize / elementSize);
                Span<byte> bytes = chunk.AsSpan(0, count * elementSize);
                Fill(bytes, info);
                SafetensorsType.ToFloats(bytes, info.ElementType, destination[..count]);
                destination = destination[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private void Fill(Span<byte> bytes, TensorInfo info)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ModelFileException(FileName, info.Name, "The file became shorter while it was read.");
    }
}
