using System.Buffers.Binary;
using System.IO.Compression;

namespace NetGen;

/// <summary>
/// The IDX format of MNIST (LeCun, Cortes, Burges): two zero bytes, a type code, the number of dimensions, the dimensions, the elements,
/// all big-endian.
/// </summary>
public static class Idx
{
    // A buffer grows with what the file really holds: a false header must not allocate what it claims.
    private const int FirstBuffer = 1 << 20;

    /// <summary>Reads a file, plain or gzipped (told by its first bytes). The first dimension counts the samples.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name of the column.</param>
    /// <returns>The samples; two-dimensional ones of bytes (grey images) get a last axis of 1, the channel. Bytes stay bytes in
    /// memory.</returns>
    /// <exception cref="DataFileException">The file is not IDX, is truncated or too long, has no sample, or holds NaN, infinity, or an
    /// integer beyond 2^24.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorColumn Read(string path, string name = Dataset.DefaultInput)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using FileStream file = File.OpenRead(path);
        bool gzipped = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        if (!gzipped) return Read(file, path, name);
        try
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return Read(unpacked, path, name);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(path, 0, $"The gzip data are damaged: {exception.Message}", exception);
        }
    }

    private static TensorColumn Read(Stream stream, string path, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || magic[0] != 0 || magic[1] != 0)
        {
            throw new DataFileException(
                path, 0, "This is no IDX file: it does not begin with two zero bytes, a type and a number of dimensions.");
        }

        int elementSize = magic[2] switch
        {
            0x08 or 0x09 => 1,
            0x0B => 2,
            0x0C or 0x0D => 4,
            0x0E => 8,
            byte code => throw new DataFileException(path, 0, $"The IDX type code is 0x{code:X2}; 0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E is expected."),
        };

        int[] shape = ReadShape(stream, path, magic[3]);
        if (!TensorInfo.TryGetSize(shape, out int size) || (long)size * elementSize > Array.MaxLength)
        {
            throw new DataFileException(
                path, 0, $"The dimensions {TensorInfo.FormatShape(shape)} have more elements than can be addressed.");
        }

        if (size == 0) throw new DataFileException(path, 0, $"The dimensions {TensorInfo.FormatShape(shape)} hold no sample.");
        byte[] data = ReadExactly(stream, path, size * elementSize);

        ReadOnlySpan<int> sample = shape.AsSpan(1);
        if (magic[2] == 0x08) return TensorColumn.FromBytes(name, data, sample.Length == 2 ? [.. sample, 1] : sample);
        return magic[2] is 0x0D or 0x0E
            ? TensorColumn.FromFloats(name, ToFloats(data, magic[2], path), sample)
            : TensorColumn.FromIntegers(name, ToIntegers(data, magic[2], path), sample);
    }

    private static int[] ReadShape(Stream stream, string path, int rank)
    {
        if (rank == 0) throw new DataFileException(path, 0, "The file has no dimension; at least one, the number of samples, is expected.");
        var bytes = new byte[rank * sizeof(int)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new DataFileException(path, 0, $"The file ends within its header of {rank} dimensions.");
        var shape = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(i * sizeof(int)));
            if (shape[i] < 0) throw new DataFileException(path, 0, $"Dimension {i} is {(uint)shape[i]}, more than can be addressed.");
        }

        return shape;
    }

    private static byte[] ReadExactly(Stream stream, string path, int length)
    {
        var data = new byte[Math.Min(length, FirstBuffer)];
        int filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(data.AsSpan(filled), data.Length - filled, throwOnEndOfStream: false);
            if (filled < data.Length)
            {
                throw new DataFileException(
                    path, 0, $"The file is truncated: it holds {filled} bytes of data; its header announces {length}.");
            }

            if (filled == length) break;
            Array.Resize(ref data, (int)Math.Min(length, data.Length * 2L));
        }

        if (stream.ReadByte() >= 0)
        {
            throw new DataFileException(
                path, 0, $"Data follow after the {length} bytes that the header announces.");
        }

        return data;
    }

    private static int[] ToIntegers(ReadOnlySpan<byte> data, byte code, string path)
    {
        int elementSize = code == 0x09 ? 1 : code == 0x0B ? 2 : 4;
        var values = new int[data.Length / elementSize];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = data[(i * elementSize)..];
            values[i] = elementSize switch
            {
                1 => (sbyte)element[0],
                2 => BinaryPrimitives.ReadInt16BigEndian(element),
                _ => BinaryPrimitives.ReadInt32BigEndian(element),
            };
            if (values[i] is < -TensorColumn.LargestExactInteger or > TensorColumn.LargestExactInteger)
            {
                throw new DataFileException(
                    path, 0, $"Element {i} is {values[i]}; integers must lie within ±{TensorColumn.LargestExactInteger}, where floats are exact.");
            }
        }

        return values;
    }

    private static float[] ToFloats(ReadOnlySpan<byte> data, byte code, string path)
    {
        int elementSize = code == 0x0D ? sizeof(float) : sizeof(double);
        var values = new float[data.Length / elementSize];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = data[(i * elementSize)..];
            values[i] = elementSize == sizeof(float)
                ? BinaryPrimitives.ReadSingleBigEndian(element)
                : (float)BinaryPrimitives.ReadDoubleBigEndian(element);
            if (!float.IsFinite(values[i]))
            {
                throw new DataFileException(
                    path, 0, $"Element {i} is {values[i]}; a finite number is expected.");
            }
        }

        return values;
    }
}
