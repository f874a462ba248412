using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Given;

/// <summary>Small pictures, as files.</summary>
internal static class Pictures
{
    private const int DigitSide = 28, FlowerSide = 24;
    private static readonly string[] Kinds = ["daisy", "dandelion", "rose", "sunflower", "tulip"];

    /// <summary>MNIST's two files: each digit is a bar at a height of its own.</summary>
    public static void Idx(string name, int count)
    {
        byte[] images = new byte[16 + (count * DigitSide * DigitSide)], labels = new byte[8 + count];
        int[] heads = [0x803, count, DigitSide, DigitSide];
        for (int i = 0; i < heads.Length; i++) BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4 * i), heads[i]);
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
        for (int i = 0; i < count; i++)
        {
            labels[8 + i] = (byte)(i % 10);
            images.AsSpan(16 + (i * DigitSide * DigitSide) + (DigitSide * (4 + (2 * (i % 10)))), 2 * DigitSide).Fill((byte)(100 + (i % 100)));
        }

        File.WriteAllBytes($"{name}-images-idx3-ubyte.gz", images);
        File.WriteAllBytes($"{name}-labels-idx1-ubyte.gz", labels);
    }

    /// <summary>A folder of PNG files for each of five classes, of a colour of its own.</summary>
    public static void Flowers(int perClass)
    {
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            string folder = Path.Combine("flowers", Kinds[kind]);
            Directory.CreateDirectory(folder);
            for (int i = 0; i < perClass; i++) File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), Png(kind, i));
        }
    }

    private static byte[] Png(int kind, int number)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < FlowerSide; y++)
            {
                zlib.WriteByte(0);
                for (int x = 0; x < FlowerSide; x++) zlib.Write([(byte)(50 * kind), (byte)((9 * x) + number), (byte)(255 - (50 * kind))]);
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, FlowerSide);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), FlowerSide);
        (header[8], header[9]) = (8, 2);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content], chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc(body));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
