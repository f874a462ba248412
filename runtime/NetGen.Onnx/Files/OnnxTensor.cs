using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>A tensor of a model's file, whose sizes, type and bytes have been checked. The elements are read when they are asked for.</summary>
internal sealed class OnnxTensor
{
    private readonly TensorProto proto;
    private readonly ExternalData? external;

    private OnnxTensor(TensorProto proto, int[] shape, ExternalData? external)
    {
        this.proto = proto;
        this.Shape = shape;
        this.external = external;
    }

    public string Name => this.proto.Name;

    public int[] Shape { get; }

    public DataType Type => (DataType)this.proto.DataType;

    public int Count => this.Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>Checks a tensor before any memory is taken for it.</summary>
    /// <param name="proto">The message.</param>
    /// <param name="folder">The model's folder, in which external data must lie; null where there may be none.</param>
    /// <param name="name">What to call it where it has no name of its own.</param>
    /// <exception cref="FormatException">Its sizes, type and bytes do not fit together; the message is a sentence.</exception>
    public static OnnxTensor Check(TensorProto proto, string? folder, string name)
    {
        string place = $"tensor '{ModelFileException.Shorten(proto.Name.Length > 0 ? proto.Name : name)}'";
        (long count, long capacity) = (1, 1);
        foreach (long dim in proto.Dims)
        {
            if (dim < 0)
            {
                throw new FormatException($"{place} has the size {dim}; sizes are not negative.");
            }

            // A size of 0 must not hide that the others overflow.
            capacity = capacity > int.MaxValue / Math.Max(dim, 1) ? throw new FormatException($"{place} has the sizes ({string.Join(", ", proto.Dims)}), more than {int.MaxValue} elements.") : capacity * Math.Max(dim, 1);
            count *= dim;
        }

        if (proto.Dims.Count > 64)
        {
            throw new FormatException($"{place} has {proto.Dims.Count} axes.");
        }

        if (proto.Segment is not null)
        {
            throw new FormatException($"{place} is stored in segments, which are not supported.");
        }

        DataType type = (DataType)proto.DataType;
        int width = Width(type) ?? throw new FormatException($"{place} has the element type {TypeName(type)}, which is not supported.");
        int[] shape = [.. proto.Dims.Select(d => (int)d)];
        if (proto.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return new OnnxTensor(proto, shape, ExternalData.Check(proto, folder, place, count * width));
        }

        if (proto.RawData.Length > 0 || (count > 0 && TypedCount(proto, type) == 0))
        {
            return proto.RawData.Length == count * width ? new OnnxTensor(proto, shape, null) : throw new FormatException(
                $"{place} has {proto.RawData.Length} bytes; {count} elements ({string.Join(", ", shape)}) of {TypeName(type)} take {count * width}.");
        }

        int stored = TypedCount(proto, type);
        return stored == count ? new OnnxTensor(proto, shape, null) : throw new FormatException($"{place} has {stored} elements where its sizes ({string.Join(", ", shape)}) say {count}.");
    }

    /// <summary>The name of a type as ONNX writes it.</summary>
    public static string TypeName(DataType type) => Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : ((int)type).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The bytes of an element, or null where NetGen cannot read the type.</summary>
    public static int? Width(DataType type) => type switch
    {
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 1,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        _ => null,
    };

    /// <summary>The elements, as floats.</summary>
    /// <exception cref="IOException">An external file cannot be read.</exception>
    public float[] ReadFloats()
    {
        if (this.Type == DataType.Float && this.Bytes() is { } bytes)
        {
            float[] floats = new float[this.Count];
            if (BitConverter.IsLittleEndian)
            {
                bytes.Span.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan()));
                return floats;
            }

            for (int i = 0; i < floats.Length; i++)
            {
                floats[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(4 * i)..]);
            }

            return floats;
        }

        return this.Type == DataType.Float ? [.. this.proto.FloatData] : Array.ConvertAll(this.ReadDoubles(), x => (float)x);
    }

    /// <summary>The elements, as doubles: whole numbers are exact to 2^53, and those at the ends of 64 bits stand for no end.</summary>
    /// <exception cref="IOException">An external file cannot be read.</exception>
    public double[] ReadDoubles()
    {
        double[] values = new double[this.Count];
        if (this.Bytes() is { } bytes)
        {
            ReadOnlySpan<byte> span = bytes.Span;
            int width = Width(this.Type)!.Value;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Element(span[(i * width)..], this.Type);
            }

            return values;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = this.Type switch
            {
                DataType.Float => this.proto.FloatData[i],
                DataType.Double => this.proto.DoubleData[i],
                DataType.Int64 => this.proto.Int64Data[i],
                DataType.Uint32 or DataType.Uint64 => this.proto.Uint64Data[i],
                DataType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)this.proto.Int32Data[i]),
                DataType.Bfloat16 => BitConverter.Int32BitsToSingle(this.proto.Int32Data[i] << 16),
                DataType.Bool => this.proto.Int32Data[i] == 0 ? 0 : 1,
                _ => this.proto.Int32Data[i],
            };
        }

        return values;
    }

    private static double Element(ReadOnlySpan<byte> bytes, DataType type) => type switch
    {
        DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        DataType.Bfloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        DataType.Int8 => (sbyte)bytes[0],
        DataType.Uint8 => bytes[0],
        DataType.Bool => bytes[0] == 0 ? 0 : 1,
        DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    /// <summary>The elements as bytes, or null where they stand in a field of their type.</summary>
    private ReadOnlyMemory<byte>? Bytes()
    {
        if (this.external is { } file)
        {
            return file.Read();
        }

        return this.proto.RawData.Length > 0 ? this.proto.RawData.Memory : (ReadOnlyMemory<byte>?)null;
    }

    private static int TypedCount(TensorProto proto, DataType type) => type switch
    {
        DataType.Float => proto.FloatData.Count,
        DataType.Double => proto.DoubleData.Count,
        DataType.Int64 => proto.Int64Data.Count,
        DataType.Uint32 or DataType.Uint64 => proto.Uint64Data.Count,
        _ => proto.Int32Data.Count,
    };
}
