using System.Text;

namespace NetGen.Tests.Serialization;

/// <summary>Random damage to whole files: each reads whole or is refused with the one exception for bad files.</summary>
public sealed class SafetensorsFuzzTests
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "\"", "{", "}", "[", "]", ",", ":", "0", "-1", "4", "8", "9223372036854775807", "1e99", "null", "true", "F16", "BF16", "F64", "U8", "BOOL", "a", "b", "\\u0000", "\\uD800",
            "\"shape\":[]", "\"data_offsets\":[0,4]", "\"__metadata__\":{},", "{\"a\":{}}", "[[[[[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC3, 0x28], [0, 0, 0, 0, 0, 0, 0, 0x80],
    ];

    [Fact]
    public void Twenty_thousand_damaged_files_are_read_or_refused()
    {
        byte[][] seeds =
        [
            new MemoryStore().Add("a", [2, 2], 1, 2, 3, 4).Add("b", [], 5).Add("c", [0]).ToBytes(new Dictionary<string, string> { ["k"] = "v" }),
            SafetensorsBytes.Of("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"I64","shape":[1],"data_offsets":[4,12]}}""", new byte[12]),
        ];
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] file = Damage(seeds[i % seeds.Length], (ulong)i);
            try
            {
                using SafetensorsReader reader = SafetensorsBytes.Open(file);
                for (int tensor = 0; tensor < reader.Tensors.Count; tensor++) reader.Read(tensor, new float[reader.Tensors[tensor].Size]);
                read++;
            }
            catch (ModelFileException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {i} ended in {exception.GetType()}: {exception.Message}\n{Convert.ToHexString(file)}");
            }
        }

        // Damage to the data alone leaves a valid file; both outcomes have to be met to show that the test reaches them.
        Assert.InRange(read, 100, 19_900);
        Assert.InRange(refused, 100, 19_900);
    }

    private static byte[] Damage(byte[] file, ulong seed)
    {
        var bytes = new List<byte>(file);
        long draw = 0;
        int Next(int bound) => (int)Philox.Below(bound, seed, 0, 0, draw++);
        int mutations = 1 + Next(4);
        for (int i = 0; i < mutations; i++)
        {
            int position = bytes.Count == 0 ? 0 : Next(bytes.Count);
            switch (Next(6))
            {
                case 0 when bytes.Count > 0:
                    bytes[position] ^= (byte)(1 << Next(8));
                    break;
                case 1 when bytes.Count > 0:
                    bytes.RemoveRange(position, Math.Min(1 + Next(8), bytes.Count - position));
                    break;
                case 2:
                    bytes.InsertRange(position, Words[Next(Words.Length)]);
                    break;
                case 3 when bytes.Count > 0:
                    byte[] word = Words[Next(Words.Length)];
                    for (int j = 0; j < word.Length && position + j < bytes.Count; j++) bytes[position + j] = word[j];
                    break;
                case 4 when bytes.Count > 0:
                    bytes.RemoveRange(position, bytes.Count - position);
                    break;
                default:
                    bytes.InsertRange(position, bytes.GetRange(position, Math.Min(1 + Next(40), bytes.Count - position)));
                    break;
            }
        }

        // In half of the inputs the length is made to agree again, so that the damage reaches the parser behind it.
        if (bytes.Count > 8 && Next(2) == 0)
        {
            int header = Math.Clamp(bytes.LastIndexOf((byte)'}') + 1 - 8, 0, bytes.Count - 8);
            for (int i = 0; i < 8; i++) bytes[i] = i < 4 ? (byte)(header >> (8 * i)) : (byte)0;
        }

        return [.. bytes];
    }
}
