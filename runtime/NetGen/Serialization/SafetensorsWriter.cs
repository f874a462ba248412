using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// Writes tensors as a safetensors file of F32, sorted by name, with the header padded so that the data begin at a multiple of 8 bytes:
/// equal tensors give
/// equal bytes. One tensor at a time is in memory.
/// </summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes all tensors of a store.</summary>
    /// <param name="stream">Where to write; it need not be seekable and is not closed.</param>
    /// <param name="store">The tensors; they are written as F32 whatever their described type.</param>
    /// <param name="metadata">Free-form strings for the header, or null.</param>
    /// <exception cref="ArgumentException">A name stands twice, is <c>__metadata__</c> or is no valid Unicode, or the header exceeds 100
    /// MB.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, ITensorStore store, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(store);
        int[] order = new int[store.Tensors.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => string.CompareOrdinal(store.Tensors[a].Name, store.Tensors[b].Name));
        WriteHeader(stream, store.Tensors, order, metadata);

        float[] scratch = ArrayPool<float>.Shared.Rent(store.Tensors.Count == 0 ? 0 : store.Tensors.Max(tensor => tensor.Size));
        try
        {
            foreach (int index in order)
            {
                Span<float> values = scratch.AsSpan(0, store.Tensors[index].Size);
                store.Read(index, values);
                WriteValues(stream, values);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    private static void WriteHeader(Stream stream, IReadOnlyList<TensorInfo> tensors, int[] order, IReadOnlyDictionary<string, string>? metadata)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    writer.WriteString(Checked(key), Checked(value));
                writer.WriteEndObject();
            }

            long offset = 0;
            for (int i = 0; i < order.Length; i++)
            {
                TensorInfo tensor = tensors[order[i]];
                if (tensor.Name == SafetensorsHeader.MetadataKey)
                {
                    throw new ArgumentException(
                        $"No tensor may have the name '{tensor.Name}'.", nameof(tensors));
                }

                if (i > 0 && tensor.Name == tensors[order[i - 1]].Name)
                {
                    throw new ArgumentException(
                        $"Two tensors have the name '{tensor.Name}'.", nameof(tensors));
                }

                writer.WriteStartObject(Checked(tensor.Name));
                writer.WriteString("dtype"u8, "F32"u8);
                writer.WriteStartArray("shape"u8);
                foreach (int dimension in tensor.Shape) writer.WriteNumberValue(dimension);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets"u8);
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += (long)tensor.Size * sizeof(float));
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        int padded = (json.WrittenCount + Alignment - 1) / Alignment * Alignment;
        if (padded > SafetensorsHeader.MaxLength)
        {
            throw new ArgumentException(
                $"The header takes {padded} bytes; at most {SafetensorsHeader.MaxLength} are allowed.", nameof(metadata));
        }

        json.GetSpan(padded - json.WrittenCount + 1)[..(padded - json.WrittenCount)].Fill((byte)' ');
        json.Advance(padded - json.WrittenCount);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(json.WrittenSpan);
    }

    /// <summary>The JSON writer would replace what is no Unicode by U+FFFD, and two names could become one.</summary>
    private static string Checked(string text)
    {
        _ = StrictUtf8.GetByteCount(text);
        return text;
    }

    private static void WriteValues(Stream stream, Span<float> values)
    {
        const int chunk = 1 << 20;
        if (!BitConverter.IsLittleEndian) ReverseBytes(values);
        for (; !values.IsEmpty; values = values[Math.Min(values.Length, chunk)..])
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, chunk)]));
    }

    private static void ReverseBytes(Span<float> values)
    {
        Span<int> bits = MemoryMarshal.Cast<float, int>(values);
        BinaryPrimitives.ReverseEndianness(bits, bits);
    }
}
