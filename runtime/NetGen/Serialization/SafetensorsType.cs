using System.Buffers.Binary;

namespace NetGen;

/// <summary>The element types of the safetensors format: their names in a header and their sizes.</summary>
internal static class SafetensorsType
{
    /// <summary>The type of a name in a header; false for one that is unknown or packs several elements in a byte.</summary>
    internal static bool TryParse(string name, out ElementType type)
    {
        type = name switch
        {
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "I8" => ElementType.Int8,
            "I16" => ElementType.Int16,
            "I32" => ElementType.Int32,
            "I64" => ElementType.Int64,
            "U8" => ElementType.UInt8,
            "U16" => ElementType.UInt16,
            "U32" => ElementType.UInt32,
            "U64" => ElementType.UInt64,
            "BOOL" => ElementType.Bool,
            _ => (ElementType)(-1),
        };
        return type >= 0;
    }

    /// <summary>The bytes of one element.</summary>
    internal static int SizeOf(ElementType type) => type switch
    {
        ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        _ => 8,
    };

    /// <summary>Converts little-endian elements to floats, rounding to nearest; as many as <paramref name="destination"/> takes.</summary>
    internal static void ToFloats(ReadOnlySpan<byte> source, ElementType type, Span<float> destination)
    {
        int size = SizeOf(type);
        for (int i = 0; i < destination.Length; i++)
        {
            ReadOnlySpan<byte> element = source.Slice(i * size, size);
            destination[i] = type switch
            {
                ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                ElementType.Int8 => (sbyte)element[0],
                ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
                _ => element[0],
            };
        }
    }
}
