using System.IO.Compression;
using CsCheck;

namespace NetGen.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0x08, new byte[] { 0, 255, 7, 128 }, new[] { 0f, 255, 7, 128 }, ElementType.UInt8)]
    [InlineData(0x09, new byte[] { 0, 255, 7, 128 }, new[] { 0f, -1, 7, -128 }, ElementType.Int32)]
    [InlineData(0x0B, new byte[] { 0, 1, 255, 254, 1, 0, 128, 0 }, new[] { 1f, -2, 256, -32768 }, ElementType.Int32)]
    [InlineData(0x0C, new byte[] { 0, 0, 0, 1, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 1, 0 }, new[] { 1f, -1, 16777216, 256 }, ElementType.Int32)]
    [InlineData(0x0D, new byte[] { 0x3F, 0x80, 0, 0, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x49, 0x0F, 0xDB }, new[] { 1f, -0.5f, 0, MathF.PI }, ElementType.Float32)]
    [InlineData(0x0E, new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xBF, 0xE0, 0, 0, 0, 0, 0, 0 }, new[] { 1f, -0.5f }, ElementType.Float32)]
    public void Every_element_type_is_read_big_endian(int type, byte[] data, float[] expected, ElementType elementType)
    {
        TensorColumn column = Idx.Read(Write((byte)type, [expected.Length], data), "x");
        Assert.Equal((elementType, expected.Length, "x"), (column.Info.ElementType, column.Count, column.Info.Name));
        Assert.Equal([1], column.Info.Shape);
        Assert.Equal(expected, Reading.Inputs(new Dataset([column], []), 3));
    }

    [Fact]
    public void Images_and_labels_are_read_plain_and_gzipped() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 6], Gen.Int[1, 6], Gen.Bool).Sample(
        (count, height, width, gzipped) =>
        {
            byte[] pixels = [.. Enumerable.Range(0, count * height * width).Select(i => (byte)(i * 7))];
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
            using var own = new TemporaryFolder();
            Dataset data = Dataset.FromIdx(
                Write(0x08, [count, height, width], pixels, gzipped, own["x"]), Write(0x08, [count], labels, gzipped, own["y"]));
            Assert.Equal([height, width, 1], data.Inputs[0].Shape);
            Assert.Equal(pixels.Select(pixel => (float)pixel), Reading.Inputs(data, 4));
            Assert.Equal(count, data.ToCategorical(10).Count);
        }, iter: 20);

    [Fact]
    public void The_first_ten_thousand_digits_of_Mnist_are_read()
    {
        Dataset data = Dataset.FromIdx(
            ReferenceData.Find("mnist", "train10k-images-idx3-ubyte.gz"), ReferenceData.Find("mnist", "train10k-labels-idx1-ubyte.gz"));
        Assert.Equal(10_000, data.Count);
        Assert.Equal([28, 28, 1], data.Inputs[0].Shape);
        var labels = new List<int>();
        var label = new float[1];
        for (int i = 0; i < 10; i++)
        {
            data.ReadTarget(i, label);
            labels.Add((int)label[0]);
        }

        // The well-known beginning of the training labels.
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], labels);
        Assert.Equal([10], data.ToCategorical().Targets[0].Shape);
    }

    [Fact]
    public void Damaged_files_are_refused_with_what_was_found()
    {
        AssertRefused([], "no IDX file");
        AssertRefused([0, 0, 8], "no IDX file");
        AssertRefused([1, 2, 3, 4, 5], "no IDX file");
        AssertRefused([0, 0, 7, 1, 0, 0, 0, 1, 1], "type code is 0x07");
        AssertRefused([0, 0, 8, 0], "no dimension");
        AssertRefused([0, 0, 8, 2, 0, 0, 0, 1], "ends within its header of 2");
        AssertRefused([0, 0, 8, 1, 0, 0, 0, 3, 1, 2], "truncated: it holds 2 bytes of data; its header announces 3");
        AssertRefused([0, 0, 8, 1, 0, 0, 0, 1, 1, 2], "Data follow after the 1 bytes");
        AssertRefused([0, 0, 8, 1, 0, 0, 0, 0], "no sample");
        AssertRefused([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0], "no sample");
        AssertRefused([0, 0, 8, 1, 255, 255, 255, 255], "Dimension 0 is 4294967295");
        AssertRefused([0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255], "more elements than can be addressed");
        AssertRefused([0, 0, 0x0E, 1, 127, 255, 255, 255], "more elements than can be addressed");
        AssertRefused([0, 0, 0x0C, 1, 0, 0, 0, 1, 1, 0, 0, 1], "Element 0 is 16777217");
        AssertRefused([0, 0, 0x0D, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0x7F, 0xC0, 0, 0], "Element 1 is NaN");
        AssertRefused([0x1F, 0x8B, 8, 0, 1, 2, 3], "");
    }

    [Fact]
    public void A_header_that_announces_two_gigabytes_allocates_little()
    {
        File.WriteAllBytes(folder["x"], [0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2, 3]);
        Assert.InRange(Allocations.Of(() => Assert.Throws<DataFileException>(() => Idx.Read(folder["x"]))), 0, 4 << 20);
    }

    [Fact]
    public void Damaged_gzip_files_are_refused()
    {
        byte[] whole = File.ReadAllBytes(Write(0x08, [5000], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))], gzipped: true));
        for (int length = 2; length < whole.Length; length += 97) AssertRefused(whole[..length], "");
        for (int i = 10; i < whole.Length - 8; i += 53)
        {
            // Whatever a damaged stream unpacks to, it ends in the one exception or in data of the right size.
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x55;
            File.WriteAllBytes(folder["x"], damaged);
            Exception? exception = Record.Exception(() => Idx.Read(folder["x"]));
            if (exception is not null) Assert.IsType<DataFileException>(exception);
        }
    }

    [Fact]
    public void Different_numbers_of_images_and_labels_are_refused()
    {
        string images = Write(0x08, [2, 1, 1], [1, 2], path: folder["images"]);
        string labels = Write(0x08, [3], [1, 2, 3], path: folder["labels"]);
        Assert.Contains("'target' has 3 samples; 'input' has 2", Assert.Throws<ArgumentException>(() => Dataset.FromIdx(images, labels)).Message);
    }

    private void AssertRefused(byte[] file, string expected)
    {
        File.WriteAllBytes(folder["x"], file);
        var exception = Assert.Throws<DataFileException>(() => Idx.Read(folder["x"]));
        Assert.StartsWith(folder["x"], exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    private string Write(byte type, int[] shape, byte[] data, bool gzipped = false, string? path = null)
    {
        path ??= folder["x"];
        using FileStream file = File.Create(path);
        using Stream stream = gzipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write([0, 0, type, (byte)shape.Length]);
        foreach (int dimension in shape) stream.Write([(byte)(dimension >> 24), (byte)(dimension >> 16), (byte)(dimension >> 8), (byte)dimension]);
        stream.Write(data);
        return path;
    }
}
