using System.Buffers.Binary;
using System.Text.Json;

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

    internal const string MetadataKey = "__metadata__";

    private SafetensorsHeader(List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order of their data, which lie one after the other to the end of the file.</summary>
    internal List<SafetensorsEntry> Entries { get; }

    internal Dictionary<string, string> Metadata { get; }

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
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? current = null;
        try
        {
            // Tensors nest to a depth of 3; an unknown field may nest a little deeper before it is refused.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                current = reader.GetString()!;
                if (!names.Add(current)) throw new ModelFileException(fileName, current, "The name stands twice in the header.");
                if (current == MetadataKey) ReadMetadata(ref reader, metadata, fileName);
                else entries.Add(ReadEntry(ref reader, current, dataStart, fileName));
                current = null;
            }

            // Only blanks may follow the closing brace; the reader throws on anything else.
            while (reader.Read())
            {
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ModelFileException(fileName, current, $"The header is no valid JSON: {exception.Message}", exception);
        }

        entries.Sort(static (a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        return new SafetensorsHeader(entries, metadata);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata, string fileName)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataKey, "an object of strings", fileName);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, MetadataKey, $"a string under '{ModelFileException.Shorten(key)}'", fileName);
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new ModelFileException(fileName, MetadataKey, $"The key '{ModelFileException.Shorten(key)}' stands twice.");
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, long dataStart, string fileName)
    {
        if (name.Length == 0) throw new ModelFileException(fileName, name, "The name is empty.");
        ElementType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, name, "an object with dtype, shape and data_offsets", fileName);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool seen = false;
            if (reader.ValueTextEquals("dtype"u8))
            {
                seen = type is not null;
                type = ReadType(ref reader, name, fileName);
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                seen = shape is not null;
                shape = ReadNumbers(ref reader, name, "shape", int.MaxValue, 64, fileName);
            }
            else if (reader.ValueTextEquals("data_offsets"u8))
            {
                seen = offsets is not null;
                offsets = ReadNumbers(ref reader, name, "data_offsets", long.MaxValue, 2, fileName);
            }
            else reader.Skip();

            if (seen) throw new ModelFileException(fileName, name, "A field stands twice.");
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
            throw new ModelFileException(fileName, name, "dtype, shape and two data_offsets are expected.");
        int[] dimensions = [.. shape.Select(dimension => (int)dimension)];
        if (!TensorInfo.TryGetSize(dimensions, out int size))
        {
            throw new ModelFileException(
                fileName, name, $"The shape {TensorInfo.FormatShape(dimensions)} has more than {int.MaxValue} elements.");
        }

        long bytes = (long)size * SafetensorsType.SizeOf(type.Value);
        if (end < begin || end - begin != bytes)
        {
            throw new ModelFileException(
                fileName, name, $"The offsets {begin} to {end} do not hold {bytes} bytes, which shape {TensorInfo.FormatShape(dimensions)} of {type} takes.");
        }

        if (end > long.MaxValue - dataStart) throw new ModelFileException(fileName, name, $"The offset {end} is beyond any file.");
        return new SafetensorsEntry(new TensorInfo(name, dimensions, type.Value), dataStart + begin, dataStart + end);
    }

    private static ElementType ReadType(ref Utf8JsonReader reader, string name, string fileName)
    {
        Expect(ref reader, JsonTokenType.String, name, "a dtype in quotes", fileName);
        string text = reader.GetString()!;
        if (SafetensorsType.TryParse(text, out ElementType type)) return type;
        throw new ModelFileException(
            fileName, name, $"The dtype is '{ModelFileException.Shorten(text)}'; F32, F64, F16, BF16, I8 to I64, U8 to U64 or BOOL is expected.");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name, string field, long largest, int most, string fileName)
    {
        Expect(ref reader, JsonTokenType.StartArray, name, $"an array of numbers as {field}", fileName);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || number > largest)
                throw new ModelFileException(fileName, name, $"The {field} holds something else than an integer from 0 to {largest}.");
            if (numbers.Count == most) throw new ModelFileException(fileName, name, $"The {field} holds more than {most} numbers.");
            numbers.Add(number);
        }

        return numbers;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string name, string expected, string fileName)
    {
        reader.Read();
        if (reader.TokenType != type)
        {
            throw new ModelFileException(
                fileName, name, $"The header holds {reader.TokenType}; {expected} is expected.");
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
