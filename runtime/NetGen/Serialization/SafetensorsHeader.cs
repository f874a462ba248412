using System.Buffers.Binary;

namespace NetGen;

/// <summary>
/// The checked header of a safetensors file (format: huggingface/safetensors, README): 8 bytes little-endian length N, N bytes of JSON,
/// then the data.
/// The file is taken as hostile: everything is checked against the file's length before anything of that size is allocated.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The longest header that the reference implementation accepts.</summary>
    internal const int MaxLength = 100_000_000;

    // A field of a later version may nest a little before it is refused.
    private const int MaxDepth = 6;

    internal const string MetadataKey = "__metadata__";

    /// <summary>The tensors in the order of their data, which lie one after the other to the end of the file.</summary>
    internal readonly SafetensorsEntry[] Entries;

    /// <summary>The position of each tensor in <see cref="Entries"/>, by its name.</summary>
    internal readonly Dictionary<string, int> Positions;

    /// <summary>The free-form strings, or null if there are none.</summary>
    internal readonly Dictionary<string, string>? Metadata;

    private SafetensorsHeader(SafetensorsEntry[] entries, Dictionary<string, int> positions, Dictionary<string, string>? metadata)
    {
        Entries = entries;
        Positions = positions;
        Metadata = metadata;
    }

    /// <summary>Reads and checks a header from the beginning of a seekable stream.</summary>
    internal static SafetensorsHeader Read(Stream stream, string fileName)
    {
        long length = stream.Length;
        stream.Position = 0;
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8 || stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw new ModelFileException(
                fileName, null, $"The file has {length} bytes; a safetensors file begins with the 8 bytes of its header's length.");
        }

        if (FileSignature.IsHdf5(prefix) || FileSignature.IsZip(prefix))
        {
            throw new ModelFileException(
                fileName, null, "It is not safetensors, but an HDF5 file or an archive, as Keras writes them: LoadKerasWeights of the package NetGen.Keras reads those.");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxLength)
        {
            throw new ModelFileException(
                fileName, null, $"The header's length is {headerLength} bytes; at most {MaxLength} are allowed. Perhaps this is no safetensors file.");
        }

        if ((long)headerLength > length - 8)
        {
            throw new ModelFileException(
                fileName, null, $"The header's length is {headerLength} bytes, but only {length - 8} follow: the file is truncated or no safetensors file.");
        }

        var json = new byte[(int)headerLength];
        if (stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false) < json.Length)
            throw new ModelFileException(fileName, null, "The file became shorter while its header was read.");
        if (json.Length == 0 || json[0] != (byte)'{') throw new ModelFileException(fileName, null, "The header does not begin with '{'.");
        SafetensorsHeader header = Parse(json, 8 + (long)headerLength, fileName);
        header.CheckCoverage(8 + (long)headerLength, length, fileName);
        return header;
    }

    private static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataStart, string fileName)
    {
        var entries = new SafetensorsEntry[16];
        int count = 0;
        bool isInOrder = true;
        var positions = new Dictionary<string, int>();
        Dictionary<string, string>? metadata = null;
        string? current = null;
        try
        {
            var cursor = new JsonCursor(json);
            cursor.Read((byte)'{');
            bool isFirst = true;
            while (cursor.ReadNext(ref isFirst, (byte)'}'))
            {
                current = null;
                current = cursor.ReadString();
                cursor.Read((byte)':');
                if (current == MetadataKey)
                {
                    if (metadata is not null) throw new ModelFileException(fileName, current, "The name stands twice in the header.");
                    metadata = ReadMetadata(ref cursor, fileName);
                    continue;
                }

                if (!positions.TryAdd(current, count)) throw new ModelFileException(fileName, current, "The name stands twice in the header.");
                SafetensorsEntry entry = ReadEntry(ref cursor, current, dataStart, fileName);
                isInOrder &= count == 0 || Order(entries[count - 1], entry) <= 0;
                if (count == entries.Length) Array.Resize(ref entries, 2 * count);
                entries[count++] = entry;
            }

            current = null;
            if (!cursor.IsAtEnd()) throw new FormatException($"Behind the closing brace there is {cursor.Found()}.");
        }
        catch (FormatException exception)
        {
            throw new ModelFileException(fileName, current, $"The header is no valid JSON: {exception.Message}", exception);
        }

        Array.Resize(ref entries, count);
        if (!isInOrder) Sort(entries, positions);
        return new SafetensorsHeader(entries, positions, metadata);
    }

    private static void Sort(SafetensorsEntry[] entries, Dictionary<string, int> positions)
    {
        Array.Sort(entries, Order);
        for (int i = 0; i < entries.Length; i++) positions[entries[i].Info.Name] = i;
    }

    private static int Order(SafetensorsEntry a, SafetensorsEntry b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End);

    private static Dictionary<string, string> ReadMetadata(ref JsonCursor cursor, string fileName)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Open(ref cursor, (byte)'{', MetadataKey, "an object of strings", fileName);
        bool isFirst = true;
        while (cursor.ReadNext(ref isFirst, (byte)'}'))
        {
            string key = cursor.ReadString();
            cursor.Read((byte)':');
            Expect(ref cursor, (byte)'"', MetadataKey, $"a string under '{ModelFileException.Shorten(key)}'", fileName);
            if (!metadata.TryAdd(key, cursor.ReadString()))
                throw new ModelFileException(fileName, MetadataKey, $"The key '{ModelFileException.Shorten(key)}' stands twice.");
        }

        return metadata;
    }

    private static SafetensorsEntry ReadEntry(ref JsonCursor cursor, string name, long dataStart, string fileName)
    {
        if (name.Length == 0) throw new ModelFileException(fileName, name, "The name is empty.");
        string? type = null;
        int[]? dimensions = null;
        long[]? offsets = null;
        Open(ref cursor, (byte)'{', name, "an object with dtype, shape and data_offsets", fileName);
        bool isFirst = true;
        while (cursor.ReadNext(ref isFirst, (byte)'}'))
        {
            string field = cursor.ReadString();
            cursor.Read((byte)':');
            bool seen = false;
            if (field == "dtype")
            {
                seen = type is not null;
                Expect(ref cursor, (byte)'"', name, "a dtype in quotes", fileName);
                type = cursor.ReadString();
            }
            else if (field == "shape")
            {
                seen = dimensions is not null;
                long[] numbers = ReadNumbers(ref cursor, name, field, int.MaxValue, 64, fileName);
                dimensions = new int[numbers.Length];
                for (int i = 0; i < numbers.Length; i++) dimensions[i] = (int)numbers[i];
            }
            else if (field == "data_offsets")
            {
                seen = offsets is not null;
                offsets = ReadNumbers(ref cursor, name, field, long.MaxValue, 2, fileName);
            }
            else cursor.Skip(MaxDepth);

            if (seen) throw new ModelFileException(fileName, name, "A field stands twice.");
        }

        if (type is null || dimensions is null || offsets is not { Length: 2 })
            throw new ModelFileException(fileName, name, "dtype, shape and two data_offsets are expected.");
        return MakeEntry(name, type, dimensions, offsets[0], offsets[1], dataStart, fileName);
    }

    private static SafetensorsEntry MakeEntry(string name, string dtype, int[] dimensions, long begin, long end, long dataStart, string fileName)
    {
        if (!SafetensorsType.TryParse(dtype, out ElementType type))
        {
            throw new ModelFileException(
                fileName, name, $"The dtype is '{ModelFileException.Shorten(dtype)}'; F32, F64, F16, BF16, I8 to I64, U8 to U64 or BOOL is expected.");
        }

        if (!TensorInfo.TryGetSize(dimensions, out int size))
        {
            throw new ModelFileException(
                fileName, name, $"The shape {TensorInfo.FormatShape(dimensions)} has more than {int.MaxValue} elements.");
        }

        long bytes = (long)size * SafetensorsType.SizeOf(type);
        if (end < begin || end - begin != bytes)
        {
            throw new ModelFileException(
                fileName, name, $"The offsets {begin} to {end} do not hold {bytes} bytes, which shape {TensorInfo.FormatShape(dimensions)} of {type} takes.");
        }

        if (end > long.MaxValue - dataStart) throw new ModelFileException(fileName, name, $"The offset {end} is beyond any file.");
        return new SafetensorsEntry(new TensorInfo(name, dimensions, size, type), dataStart + begin, dataStart + end);
    }

    private static long[] ReadNumbers(ref JsonCursor cursor, string name, string field, long largest, int most, string fileName)
    {
        Open(ref cursor, (byte)'[', name, $"an array of numbers as {field}", fileName);
        var numbers = new long[most];
        int count = 0;
        bool isFirst = true;
        while (cursor.ReadNext(ref isFirst, (byte)']'))
        {
            if (!cursor.TryReadInteger(largest, out long number))
                throw new ModelFileException(fileName, name, $"The {field} holds something else than an integer from 0 to {largest}.");
            if (count == most) throw new ModelFileException(fileName, name, $"The {field} holds more than {most} numbers.");
            numbers[count++] = number;
        }

        var read = new long[count];
        Array.Copy(numbers, read, count);
        return read;
    }

    private static void Open(ref JsonCursor cursor, byte mark, string name, string expected, string fileName)
    {
        Expect(ref cursor, mark, name, expected, fileName);
        cursor.Read(mark);
    }

    private static void Expect(ref JsonCursor cursor, byte mark, string name, string expected, string fileName)
    {
        if (cursor.Peek() != mark)
        {
            throw new ModelFileException(
                fileName, name, $"The header holds {cursor.Found()}; {expected} is expected.");
        }
    }

    /// <summary>The format allows neither gaps nor overlaps nor bytes behind the last tensor.</summary>
    private void CheckCoverage(long dataStart, long fileLength, string fileName)
    {
        long position = dataStart;
        foreach (SafetensorsEntry entry in Entries)
        {
            if (entry.Start != position)
            {
                throw new ModelFileException(
                    fileName,
                    entry.Info.Name,
                    $"The data begin at byte {entry.Start} and {(entry.Start < position ? "overlap" : "leave a gap to")} what is before, up to byte {position}.");
            }

            position = entry.End;
            if (position > fileLength)
            {
                throw new ModelFileException(
                    fileName, entry.Info.Name, $"The data end at byte {position}, but the file has {fileLength}: it is truncated.");
            }
        }

        if (position != fileLength)
        {
            throw new ModelFileException(
                fileName, null, $"The tensors end at byte {position}, but the file has {fileLength}.");
        }
    }
}
