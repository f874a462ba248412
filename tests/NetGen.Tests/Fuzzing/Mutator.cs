using System.Buffers.Binary;

namespace NetGen.Tests.Fuzzing;

/// <summary>Draws damage to bytes, the same for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue, long.MaxValue / 4];

    /// <summary>The random numbers, for damage of a form's own.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>A file to take pieces from, such as the one before.</summary>
    public byte[] Other { get; set; } = [];

    /// <summary>Damages a copy in one to six places.</summary>
    public byte[] Damage(byte[] file, byte[][] words)
    {
        List<byte> bytes = [.. file];
        for (int changes = 1 + (Random.Next(6) * Random.Next(2)); changes > 0; changes--) Change(bytes, words);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[][] words)
    {
        int at = Place(bytes.Count), length = Math.Min(Random.Next(10) == 0 ? Random.Next(200) : Random.Next(1, 9), bytes.Count - at);
        switch (Random.Next(11))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << Random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)Random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4 when length > 0:
                int from = Random.Next(bytes.Count - length + 1);
                Overwrite(bytes, at, bytes.GetRange(from, length));
                break;
            case 5:
                Overwrite(bytes, at, Number());
                break;
            case 6:
                Overwrite(bytes, at, Enumerable.Repeat((byte)(Random.Next(2) * 0xFF), length));
                break;
            case 7 when words.Length > 0:
                bytes.InsertRange(at, words[Random.Next(words.Length)]);
                break;
            case 8 when words.Length > 0:
                Overwrite(bytes, at, words[Random.Next(words.Length)]);
                break;
            case 9 when Random.Next(6) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 10 when Other.Length > 0:
                int start = Random.Next(Other.Length);
                Overwrite(bytes, at, Other.AsSpan(start, Math.Min(Random.Next(64), Other.Length - start)).ToArray());
                break;
        }
    }

    /// <summary>The beginning and the end of most forms hold what is not plain data, so they are met more often.</summary>
    private int Place(int count) => Random.Next(4) switch
    {
        0 => Random.Next(Math.Min(256, count) + 1),
        1 => count - Random.Next(Math.Min(256, count) + 1),
        _ => Random.Next(count + 1),
    };

    private byte[] Number()
    {
        byte[] bytes = new byte[8];
        long value = Numbers[Random.Next(Numbers.Length)] + Random.Next(-1, 2);
        if (Random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        else BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        int size = 1 << Random.Next(4);
        return Random.Next(2) == 0 ? bytes[..size] : bytes[(8 - size)..];
    }

    private static void Overwrite(List<byte> bytes, int at, IEnumerable<byte> content)
    {
        foreach (byte value in content)
        {
            if (at >= bytes.Count) return;
            bytes[at++] = value;
        }
    }
}
