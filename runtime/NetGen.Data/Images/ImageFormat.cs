using System.Buffers.Binary;

namespace NetGen;

/// <summary>
/// Checks the frame of an image file before it is decoded, because the decoder takes a missing rest for zeros: the chunks of a PNG (ISO/IEC 15948, section 5) with their
/// checksums up to IEND, the segments of a JPEG (ITU-T T.81, annex B) up to its end marker.
/// </summary>
internal static class ImageFormat
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    /// <summary>The name of the format.</summary>
    /// <exception cref="DataFileException">It is neither, damaged or truncated.</exception>
    public static string Check(ReadOnlySpan<byte> file, string path)
    {
        if (file.IsEmpty) throw new DataFileException(path, 0, "The image has no bytes.");
        if (file.StartsWith(PngSignature))
        {
            CheckPng(file, path);
            return "PNG";
        }

        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            throw new DataFileException(path, 0, $"The file is neither PNG nor JPEG: it begins with {Convert.ToHexString(file[..Math.Min(4, file.Length)])}.");
        CheckJpeg(file, path);
        return "JPEG";
    }

    private static void CheckPng(ReadOnlySpan<byte> file, string path)
    {
        const int Frame = 12; // length, type, checksum
        int position = PngSignature.Length;
        while (true)
        {
            if (file.Length - position < Frame) throw Truncated(path, "PNG", file.Length, "its IEND chunk");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            ReadOnlySpan<byte> type = file.Slice(position + 4, 4);
            if (length > file.Length - position - Frame) throw Truncated(path, "PNG", file.Length, $"a chunk of {length} bytes");
            uint crc = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]);
            if (crc != Crc(file.Slice(position + 4, 4 + (int)length)))
                throw new DataFileException(path, 0, $"The PNG data are damaged: the checksum of the chunk at byte {position} is wrong.");
            if (type.SequenceEqual("IEND"u8)) return;
            position += Frame + (int)length;
        }
    }

    private static void CheckJpeg(ReadOnlySpan<byte> file, string path)
    {
        int position = 2;
        while (true)
        {
            // Between segments stands a marker, before which fill bytes FF may stand.
            while (position < file.Length - 1 && file[position] == 0xFF && file[position + 1] == 0xFF) position++;
            if (position >= file.Length - 1) throw Truncated(path, "JPEG", file.Length, "its end marker");
            if (file[position] != 0xFF) throw new DataFileException(path, 0, $"The JPEG data are damaged: a marker is expected at byte {position}.");
            byte marker = file[position + 1];
            if (marker == 0xD9) return;
            position += 2;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (file.Length - position < 2) throw Truncated(path, "JPEG", file.Length, "a segment");
            int length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2 || length > file.Length - position) throw Truncated(path, "JPEG", file.Length, $"a segment of {length} bytes");
            position += length;
            if (marker == 0xDA) position += ScanLength(file[position..]);
        }
    }

    /// <summary>The bytes of coded data up to the next marker; FF 00 is a coded FF, and restart markers belong to the data.</summary>
    private static int ScanLength(ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length - 1; i++)
        {
            if (data[i] == 0xFF && data[i + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return i;
        }

        return data.Length;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }

    private static DataFileException Truncated(string path, string format, int length, string missing) =>
        new(path, 0, $"The {format} is truncated: it ends after {length} bytes, before the end of {missing}.");
}
