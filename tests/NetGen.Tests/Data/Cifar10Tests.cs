namespace NetGen.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private const int Record = 3073;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Planes_become_channels()
    {
        for (int i = 1; i <= 5; i++) File.WriteAllBytes(folder[$"data_batch_{i}.bin"], [.. Image(i, i), .. Image(9, 2 * i)]);
        File.WriteAllBytes(folder["test_batch.bin"], Image(3, 77));
        Dataset training = Cifar10.ReadTraining(folder.FullName);
        Assert.Equal(10, training.Count);
        Assert.Equal([32, 32, 3], training.Inputs[0].Shape);
        Assert.Equal(ElementType.UInt8, training.Inputs[0].ElementType);
        var pixels = new float[3072];
        var label = new float[1];
        for (int sample = 0; sample < 10; sample++)
        {
            training.ReadInput(sample, pixels);
            training.ReadTarget(sample, label);
            int file = (sample / 2) + 1, seed = sample % 2 == 0 ? file : 2 * file;
            Assert.Equal(sample % 2 == 0 ? file : 9, label[0]);
            for (int i = 0; i < pixels.Length; i++) Assert.Equal(Pixel(seed, i % 3, i / 3), pixels[i]);
        }

        Assert.Equal(1, Cifar10.ReadTest(folder.FullName).Count);
        Assert.Equal(["airplane", "truck"], [Cifar10.ClassNames[0], Cifar10.ClassNames[9]]);
    }

    [Theory]
    [InlineData(0, "has no bytes; records of 3073 are expected")]
    [InlineData(1, "after 0 whole records of 3073 bytes, 1 bytes are left")]
    [InlineData(Record + Record - 1, "after 1 whole records of 3073 bytes, 3072 bytes are left")]
    public void Truncated_files_are_named(int length, string problem)
    {
        File.WriteAllBytes(folder["x.bin"], new byte[length]);
        string message = Assert.Throws<DataFileException>(() => Cifar10.Read(folder["x.bin"])).Message;
        Assert.StartsWith(folder["x.bin"] + ": ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_checked_and_missing_files_named()
    {
        File.WriteAllBytes(folder["x.bin"], [.. Image(1, 1), .. Image(10, 1)]);
        Assert.EndsWith("Record 1 has the label 10; 0 to 9 are expected.", Assert.Throws<DataFileException>(() => Cifar10.Read(folder["x.bin"])).Message, StringComparison.Ordinal);
        Assert.Contains("data_batch_1.bin", Assert.Throws<FileNotFoundException>(() => Cifar10.ReadTraining(folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Cifar10.Read());
    }

    private static byte[] Image(int label, int seed) => [(byte)label, .. Enumerable.Range(0, 3072).Select(i => Pixel(seed, i / 1024, i % 1024))];

    private static byte Pixel(int seed, int channel, int place) => (byte)((seed * 31) + (channel * 85) + (place * 7));
}
