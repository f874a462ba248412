using System.Text;
using CsCheck;

namespace NetGen.Tests.Serialization;

public sealed class SafetensorsWriterTests
{
    // Names with blanks, quotes, control characters, other scripts, an emoji; the empty one is not allowed.
    private static readonly Gen<string> GenName = Gen.OneOf(
        Gen.String.AlphaNumeric, Gen.String["abc/.\"\\ \n\u0001äß漢字\u2028"], Gen.Const("dense/kernel"), Gen.Const("😀/kernel")).Where(name => name.Length > 0);

    private static readonly Gen<(string, int[], float[])> GenTensor =
        from name in GenName
        from shape in Gen.Int[0, 5].Array[0, 4]
        from seed in Gen.UInt
        select (name, shape, Values(shape, seed));

    private static readonly Gen<(string, int[], float[])[]> GenTensors =
        GenTensor.Array[0, 6].Where(tensors => tensors.Select(tensor => tensor.Item1).Distinct().Count() == tensors.Length);

    private static readonly Gen<Dictionary<string, string>> GenMetadata = Gen.Dictionary(GenName, Gen.String["ab\"\\漢\n "])[0, 3];

    [Fact]
    public void Every_store_reads_back_with_the_same_bits() => Gen.Select(GenTensors, GenMetadata).Sample((tensors, metadata) =>
    {
        var store = new MemoryStore();
        foreach ((string name, int[] shape, float[] values) in tensors) store.Add(name, shape, values);
        byte[] file = store.ToBytes(metadata);
        using SafetensorsReader reader = SafetensorsBytes.Open(file);
        MemoryStore read = store.Blank();
        for (int i = 0; i < read.Tensors.Count; i++) reader.Read(read.Tensors[i].Name, read[read.Tensors[i].Name]);
        store.AssertSame(read);
        Assert.Equal(metadata.OrderBy(pair => pair.Key), reader.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal(store.Tensors.Count, reader.Tensors.Count);
    });

    [Fact]
    public void The_order_of_the_store_does_not_change_the_bytes() => GenTensors.Sample(tensors =>
    {
        var forth = new MemoryStore();
        var back = new MemoryStore();
        foreach ((string name, int[] shape, float[] values) in tensors) forth.Add(name, shape, values);
        foreach ((string name, int[] shape, float[] values) in tensors.Reverse()) back.Add(name, shape, values);
        Assert.Equal(forth.ToBytes(), back.ToBytes());
    });

    [Fact]
    public void A_small_file_has_these_bytes()
    {
        byte[] file = new MemoryStore().Add("b", [], -2).Add("a", [1, 2], 1, 0.5f).ToBytes(new Dictionary<string, string> { ["format"] = "pt" });
        const string header =
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        Assert.Equal(140, header.Length);
        byte[] expected =
        [
            144, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.ASCII.GetBytes(header), .. "    "u8,
            0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0x3F, 0x00, 0x00, 0x00, 0xC0,
        ];
        Assert.Equal(expected, file);
    }

    [Fact]
    public void The_bytes_are_those_of_the_reference_implementation()
    {
        // The tensor of the test of serialization in huggingface/safetensors, safetensors/src/tensor.rs, and what it expects.
        byte[] file = new MemoryStore().Add("attn.0", [1, 2, 3], 0, 1, 2, 3, 4, 5).ToBytes();
        byte[] expected =
        [
            64, 0, 0, 0, 0, 0, 0, 0,
            .. """{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}"""u8,
            .. new float[] { 0, 1, 2, 3, 4, 5 }.SelectMany(BitConverter.GetBytes),
        ];
        Assert.Equal(expected, file);
    }

    [Fact]
    public void A_file_without_tensors_is_a_header_alone() =>
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], new MemoryStore().ToBytes());

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new MemoryStore().Add("a", [1], 1).Add("b", [1], 1).Add("a", [1], 1).ToBytes());
        Assert.Contains("'a'", exception.Message);
    }

    [Fact]
    public void The_name_of_the_metadata_is_refused() =>
        Assert.Throws<ArgumentException>(() => new MemoryStore().Add("__metadata__", [1], 1).ToBytes());

    [Fact]
    public void Text_that_is_no_Unicode_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new MemoryStore().Add("a\uD800", [1], 1).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => new MemoryStore().ToBytes(new Dictionary<string, string> { ["k"] = "\uDC00" }));
    }

    [Fact]
    public void A_full_disk_is_an_IOException()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full on this system.");
        MemoryStore store = new MemoryStore().Add("a", [1 << 20], new float[1 << 20]);
        Assert.Throws<IOException>(() =>
        {
            using FileStream full = File.OpenWrite("/dev/full");
            SafetensorsWriter.Write(full, store);
        });
    }

    private static float[] Values(int[] shape, uint seed)
    {
        var values = new float[shape.Aggregate(1, (product, dimension) => product * dimension)];
        for (int i = 0; i < values.Length; i++) values[i] = BitConverter.UInt32BitsToSingle(Philox.Bits(seed, 0, 0, i));
        return values;
    }
}
