using System.Text;
using NetGen.Tests.Serialization;

namespace NetGen.Tests.Fuzzing;

internal class SafetensorsFormat : FuzzFormat
{
    public override string Name => "safetensors";

    public override string Extension => ".safetensors";

    public override int ShortRun => 15_000;

    public override byte[][] Words { get; } =
    [
        .. new[]
        {
            "\"", "{", "}", "[", "]", ",", ":", "0", "-1", "4", "8", "9223372036854775807", "1e99", "null", "true", "F16", "BF16", "F64", "U8", "BOOL", "a", "b", "\\u0000", "\\uD800",
            "\"shape\":[]", "\"data_offsets\":[0,4]", "\"__metadata__\":{},", "{\"a\":{}}", "[[[[[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC3, 0x28], [0, 0, 0, 0, 0, 0, 0, 0x80],
    ];

    public override byte[][] Corpus() =>
    [
        new MemoryStore().Add("a", [2, 2], 1, 2, 3, 4).Add("b", [], 5).Add("c", [0]).ToBytes(new Dictionary<string, string> { ["k"] = "v" }),
        SafetensorsBytes.Of("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"I64","shape":[1],"data_offsets":[4,12]}}""", new byte[12]),
        SafetensorsBytes.Of("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[4,5]},"c":{"dtype":"F64","shape":[1],"data_offsets":[5,13]}}""", new byte[13]),
    ];

    public override byte[] Damage(byte[] file, Mutator mutator)
    {
        byte[] bytes = base.Damage(file, mutator);

        // In half of the inputs the length is made to agree again, so that the damage reaches the parser behind it.
        if (bytes.Length > 8 && mutator.Random.Next(2) == 0)
            BitConverter.TryWriteBytes(bytes, (long)Math.Clamp(Array.LastIndexOf(bytes, (byte)'}') + 1 - 8, 0, bytes.Length - 8));
        return bytes;
    }

    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        using SafetensorsReader reader = new(path);
        for (int tensor = 0; tensor < reader.Tensors.Count; tensor++) reader.Read(tensor, new float[reader.Tensors[tensor].Size]);
        return string.Join(' ', reader.Tensors.Select(t => t.ElementType));
    };
}
