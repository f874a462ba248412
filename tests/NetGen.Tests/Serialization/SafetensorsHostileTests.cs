using System.Buffers.Binary;
using System.Text;

namespace NetGen.Tests.Serialization;

/// <summary>Damaged, foreign and hostile files: each is refused with the file, the tensor, what was found and what was expected.</summary>
public sealed class SafetensorsHostileTests
{
    [Theory]
    [InlineData(0, "The file has 0 bytes")]
    [InlineData(7, "The file has 7 bytes")]
    [InlineData(8, "only 0 follow")]
    [InlineData(30, "only 22 follow")]
    [InlineData(-1, "the file has")]
    public void A_truncated_file_is_refused(int length, string expected)
    {
        byte[] file = new MemoryStore().Add("a", [3], 1, 2, 3).ToBytes();
        Assert.Contains(expected, Refuse(length < 0 ? file[..^1] : file[..length]).Message);
    }

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000")]
    [InlineData(ulong.MaxValue, "18446744073709551615")]
    [InlineData(1UL << 63, "at most 100000000")]
    [InlineData(99_999_999UL, "only 92 follow")]
    [InlineData(0UL, "does not begin with '{'")]
    public void A_false_header_length_is_refused_without_allocating_it(ulong length, string expected)
    {
        var file = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.InRange(Allocations.Of(() => Assert.Contains(expected, Refuse(file).Message)), 0, 1 << 20);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "stands twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "A field stands twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'k' stands twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "stands twice")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "a string under 'k' is expected")]
    [InlineData("""{"__metadata__":[],"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "an object of strings is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "leave a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "The tensors end at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "it is truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "offsets 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "data_offsets holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "more than 2 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", "two data_offsets are expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", "data_offsets holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", "beyond any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "do not hold 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "do not hold 4 bytes")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "do not hold 16 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}""", "more than 2147483647 elements")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,4],"data_offsets":[0,8]}}""", "more than 2147483647 elements")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "an array of numbers as shape is expected")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "The dtype is 'F31'")]
    [InlineData("""{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", "a dtype in quotes is expected")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "dtype, shape and two data_offsets are expected")]
    [InlineData("""{"a":[]}""", "an object with dtype, shape and data_offsets is expected")]
    [InlineData("""{"":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "The name is empty")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{}""", "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", "no valid JSON")]
    [InlineData("""{/**/"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no valid JSON")]
    [InlineData("""{"\uD800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":[[[[[[[[[[[[1]]]]]]]]]]]]}}""", "no valid JSON")]
    [InlineData("""["a"]""", "does not begin with '{'")]
    [InlineData(""" {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "does not begin with '{'")]
    public void A_header_that_lies_is_refused(string header, string expected)
    {
        ModelFileException exception = Refuse(SafetensorsBytes.Of(header, new byte[8]));
        Assert.Contains(expected, exception.Message);
        Assert.StartsWith("test.safetensors", exception.Message);
        Assert.Equal("test.safetensors", exception.FileName);
    }

    [Fact]
    public void Invalid_Utf8_in_a_name_is_refused() =>
        Assert.Contains("no valid JSON", Refuse(SafetensorsBytes.Of([.. "{\""u8, 0xFF, 0xFE, .. "\":{}}"u8], [])).Message);

    [Fact]
    public void A_header_nested_a_million_deep_is_refused() =>
        Assert.Contains("no valid JSON", Refuse(SafetensorsBytes.Of("{\"a\":{\"later\":" + new string('[', 1_000_000))).Message);

    [Fact]
    public void A_shape_of_many_dimensions_is_refused()
    {
        string ones = string.Join(',', Enumerable.Repeat('1', 100_000));
        Assert.Contains("more than 64", Refuse(SafetensorsBytes.Of($$$"""{"a":{"dtype":"U8","shape":[{{{ones}}}],"data_offsets":[0,1]}}""", 1)).Message);
    }

    [Fact]
    public void A_very_long_name_is_cut_in_the_message() =>
        Assert.InRange(Refuse(SafetensorsBytes.Of($$$"""{"{{{new string('n', 1_000_000)}}}":[]}""")).Message.Length, 200, 500);

    [Fact]
    public void A_hundred_thousand_tensors_are_read_in_linear_time_and_space()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++) header.Append($$$"""{{{(i > 0 ? "," : "")}}}"t{{{i}}}":{"dtype":"U8","shape":[1],"data_offsets":[{{{i}}},{{{i + 1}}}]}""");
        using SafetensorsReader reader = SafetensorsBytes.Open(SafetensorsBytes.Of(header.Append('}').ToString(), new byte[100_000]));
        Assert.Equal(100_000, reader.Tensors.Count);
    }

    private static ModelFileException Refuse(byte[] file) => Assert.Throws<ModelFileException>(() => SafetensorsBytes.Open(file));
}
