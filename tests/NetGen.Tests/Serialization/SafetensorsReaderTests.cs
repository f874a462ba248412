using System.Text;

namespace NetGen.Tests.Serialization;

public sealed class SafetensorsReaderTests
{
    [Theory]
    [InlineData("F64", ElementType.Float64, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5f)]
    [InlineData("F32", ElementType.Float32, new byte[] { 0, 0, 0xC0, 0x7F }, float.NaN)]
    [InlineData("F16", ElementType.Float16, new byte[] { 0x01, 0x00 }, 5.9604645e-8f)] // the smallest subnormal, 2^-24
    [InlineData("F16", ElementType.Float16, new byte[] { 0x00, 0xFC }, float.NegativeInfinity)]
    [InlineData("BF16", ElementType.BFloat16, new byte[] { 0x49, 0x40 }, 3.140625f)]
    [InlineData("I8", ElementType.Int8, new byte[] { 0x80 }, -128f)]
    [InlineData("I16", ElementType.Int16, new byte[] { 0x00, 0x80 }, -32768f)]
    [InlineData("I32", ElementType.Int32, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, -1f)]
    [InlineData("I64", ElementType.Int64, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, -9.223372e18f)]
    [InlineData("U8", ElementType.UInt8, new byte[] { 0xFF }, 255f)]
    [InlineData("U16", ElementType.UInt16, new byte[] { 0xFF, 0xFF }, 65535f)]
    [InlineData("U32", ElementType.UInt32, new byte[] { 0, 0, 0, 0x80 }, 2147483648f)]
    [InlineData("U64", ElementType.UInt64, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x80 }, 9.223372e18f)]
    [InlineData("BOOL", ElementType.Bool, new byte[] { 1 }, 1f)]
    public void Every_element_type_is_converted(string dtype, ElementType type, byte[] element, float expected)
    {
        // More elements than one chunk of the reader takes.
        const int count = 70_001;
        var data = new byte[count * element.Length];
        for (int i = 0; i < count; i++) element.CopyTo(data, i * element.Length);
        string header = $$$"""{"x":{"dtype":"{{{dtype}}}","shape":[{{{count}}}],"data_offsets":[0,{{{data.Length}}}]}}""";
        using SafetensorsReader reader = SafetensorsBytes.Open(SafetensorsBytes.Of(header, data));
        Assert.Equal(type, reader.Tensors[0].ElementType);
        var values = new float[count];
        reader.Read("x", values);
        Assert.All(values, value => Assert.Equal(expected, value));
    }

    [Fact]
    public void Headers_of_other_writers_are_read()
    {
        // Any order of entries and fields, blanks, escapes in names, metadata at the end, a field of a later version, padding with blanks.
        const string header =
            """{ "z" : {"data_offsets":[4,8], "shape":[], "dtype":"F32"}, "\u00e4":{"dtype":"I32","shape":[1],"data_offsets":[0,4],"later":{"a":[1]}}, "__metadata__":{"k":"v"}}   """;
        using SafetensorsReader reader = SafetensorsBytes.Open(SafetensorsBytes.Of(header, 7, 0, 0, 0, 0, 0, 0x80, 0x3F));
        Assert.Equal(["ä", "z"], reader.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(1, reader.IndexOf("z"));
        Assert.Equal("v", reader.Metadata["k"]);
        var value = new float[1];
        reader.Read("ä", value);
        Assert.Equal(7, value[0]);
        reader.Read("z", value);
        Assert.Equal(1, value[0]);
    }

    [Fact]
    public void Empty_tensors_may_lie_anywhere()
    {
        const string header =
            """{"a":{"dtype":"F32","shape":[0,7],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"c":{"dtype":"F16","shape":[2147483647,0],"data_offsets":[4,4]}}""";
        using SafetensorsReader reader = SafetensorsBytes.Open(SafetensorsBytes.Of(header, 0, 0, 0, 0));
        Assert.Equal([0, 1, 0], reader.Tensors.Select(tensor => tensor.Size));
        reader.Read("a", []);
    }

    [Fact]
    public void A_span_of_the_wrong_size_is_refused()
    {
        using SafetensorsReader reader = SafetensorsBytes.Open(new MemoryStore().Add("dense/kernel", [2, 3], new float[6]).ToBytes());
        var exception = Assert.Throws<ArgumentException>(() => reader.Read("dense/kernel", new float[5]));
        Assert.Contains("5 elements", exception.Message);
        Assert.Contains("'dense/kernel' (2, 3) has 6", exception.Message);
    }

    [Fact]
    public void An_absent_tensor_names_the_most_similar_one()
    {
        using SafetensorsReader reader = SafetensorsBytes.Open(new MemoryStore().Add("dense_1/kernel", [1], 1).Add("conv/bias", [1], 1).ToBytes());
        var exception = Assert.Throws<ModelFileException>(() => reader.Read("dense/kernel", new float[1]));
        Assert.Contains("test.safetensors, tensor 'dense/kernel'", exception.Message);
        Assert.Contains("'dense_1/kernel'", exception.Message);
        Assert.Equal("dense/kernel", exception.TensorName);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_open_is_noticed()
    {
        var stream = new MemoryStream();
        stream.Write(new MemoryStore().Add("a", [4], 1, 2, 3, 4).ToBytes());
        using var reader = new SafetensorsReader(stream, "test.safetensors");
        stream.SetLength(stream.Length - 1);
        Assert.Contains("became shorter", Assert.Throws<ModelFileException>(() => reader.Read("a", new float[4])).Message);
    }

    [Fact]
    public void Reading_takes_no_second_copy_of_the_tensor()
    {
        const int count = 1 << 22;
        using SafetensorsReader reader = SafetensorsBytes.Open(new MemoryStore().Add("a", [count], new float[count]).ToBytes());
        var values = new float[count];
        Assert.InRange(Allocations.Of(() => reader.Read("a", values)), 0, 1 << 16);
    }

    [Fact]
    public void A_missing_file_is_an_IOException() => Assert.ThrowsAny<IOException>(() => new SafetensorsReader("no/such/file.safetensors"));

    [Fact]
    public void Files_of_Keras_are_told_what_reads_them()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.h5"], [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', 0, 0]);
        File.WriteAllBytes(folder["a.keras"], [.. "PK\x03\x04"u8, 20, 0, 0, 0, 0]);
        Assert.Contains("LoadKerasWeights", Assert.Throws<ModelFileException>(() => new SafetensorsReader(folder["a.h5"])).Message, StringComparison.Ordinal);
        Assert.Contains("LoadKerasWeights", Assert.Throws<ModelFileException>(() => new SafetensorsReader(folder["a.keras"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_closed_when_it_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x"], "this is no safetensors file", Encoding.ASCII);
        Assert.Throws<ModelFileException>(() => new SafetensorsReader(folder["x"]));
        using FileStream exclusive = new(folder["x"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}
