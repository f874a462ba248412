using System.IO.Compression;
using NetGen.Samples;

namespace NetGen.Tests.Samples;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_tenth_of_the_part_is_held_out()
    {
        Write(Mnist.Part, "train10k-labels-idx1-ubyte.gz", count: 20);
        (Dataset train, Dataset test) = Mnist.Read(folder.FullName, Mnist.Part);
        Assert.Equal((18, 2), (train.Count, test.Count));
        float[] label = new float[1];
        test.ReadTarget(0, label);
        Assert.Equal(18 % 10, label[0]);
    }

    [Fact]
    public void The_whole_has_files_of_its_own_to_test_with()
    {
        Write(Mnist.Whole, "train-labels-idx1-ubyte.gz", count: 6);
        Write("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", count: 3);
        (Dataset train, Dataset test) = Mnist.Read(folder.FullName, Mnist.Whole);
        Assert.Equal((6, 3), (train.Count, test.Count));
    }

    [Fact]
    public void Other_shapes_are_named_with_their_file()
    {
        Write(Mnist.Part, "train10k-labels-idx1-ubyte.gz", count: 10, side: 27);
        string message = Assert.Throws<InvalidDataException>(() => Mnist.Read(folder.FullName, Mnist.Part)).Message;
        Assert.Equal($"{folder[Mnist.Part]} holds tensors of shape (27, 28, 1); images of shape (28, 28, 1) are expected.", message);
    }

    private void Write(string images, string labels, byte count, byte side = 28)
    {
        WriteGzip(images, [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, 28, .. new byte[count * side * 28]]);
        WriteGzip(labels, [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }

    private void WriteGzip(string name, byte[] bytes)
    {
        using GZipStream stream = new(File.Create(folder[name]), CompressionLevel.Fastest);
        stream.Write(bytes);
    }
}
