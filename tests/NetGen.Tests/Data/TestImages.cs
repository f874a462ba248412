using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NetGen.Tests.Data;

/// <summary>Writes small PNG and JPEG files, so that the tests know every pixel.</summary>
internal static class TestImages
{
    /// <summary>A PNG without filters or interlacing. Color types: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA; samples of 16 bits are big-endian.</summary>
    public static byte[] Png(int height, int width, int colorType, int bits, byte[] samples, byte[]? palette = null)
    {
        int row = samples.Length / height;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(samples.AsSpan(y * row, row));
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, (byte)colorType);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>An RGB image of one colour.</summary>
    public static byte[] Plain(int height, int width, byte red, byte green, byte blue) =>
        Png(height, width, 2, 8, [.. Enumerable.Range(0, height * width).SelectMany(_ => new[] { red, green, blue })]);

    /// <summary>
    /// A baseline JPEG whose 8x8 blocks are of one colour each, (Y, Cb, Cr) or (Y): quantised by 8, a block's only coefficient is its value minus 128.
    /// </summary>
    public static byte[] Jpeg(int blocksHigh, int blocksWide, int components, Func<int, int, int, byte> value)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
        byte[] frame = [8, .. Big(8 * blocksHigh), .. Big(8 * blocksWide), (byte)components, .. Enumerable.Range(1, components).SelectMany(c => new byte[] { (byte)c, 0x11, 0 })];
        Segment(0xC0, frame);

        // Differences of category 0 to 8 have codes of four bits; the only AC code, of one bit, ends the block.
        Segment(0xC4, [0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        Segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Segment(0xDA, [(byte)components, .. Enumerable.Range(1, components).SelectMany(c => new byte[] { (byte)c, 0 }), 0, 63, 0]);
        var bits = new StringBuilder();
        var last = new int[components];
        for (int y = 0; y < blocksHigh; y++)
        {
            for (int x = 0; x < blocksWide; x++)
            {
                for (int c = 0; c < components; c++)
                {
                    int level = value(y, x, c) - 128, difference = level - last[c];
                    last[c] = level;
                    int category = difference == 0 ? 0 : (int)Math.Log2(Math.Abs(difference)) + 1;
                    bits.Append(Convert.ToString(category, 2).PadLeft(4, '0'));
                    if (category > 0) bits.Append(Convert.ToString(difference > 0 ? difference : difference + (1 << category) - 1, 2).PadLeft(category, '0'));
                    bits.Append('0');
                }
            }
        }

        bits.Append('1', (8 - (bits.Length % 8)) % 8);
        for (int i = 0; i < bits.Length; i += 8)
        {
            byte coded = Convert.ToByte(bits.ToString(i, 8), 2);
            file.Add(coded);
            if (coded == 0xFF) file.Add(0);
        }

        return [.. file, 0xFF, 0xD9];

        void Segment(byte marker, byte[] data) => file.AddRange([0xFF, marker, .. Big(data.Length + 2), .. data]);
    }

    private static byte[] Big(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var frame = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        named.CopyTo(frame, 4);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(named.Length + 4), Crc(named));
        return frame;
    }

    /// <summary>Bit by bit, polynomial 04C11DB7 reflected.</summary>
    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 * (crc & 1));
        }

        return ~crc;
    }
}
