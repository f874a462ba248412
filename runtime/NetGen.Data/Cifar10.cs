namespace NetGen;

/// <summary>
/// The binary form of CIFAR-10 (Krizhevsky, 2009; https://www.cs.toronto.edu/~kriz/cifar.html): records of a label and 32 x 32 pixels, first all reds, then greens, then blues.
/// </summary>
public static class Cifar10
{
    private const int Size = 32, Plane = Size * Size, Channels = 3, Record = 1 + (Channels * Plane);

    /// <summary>The classes by their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads data_batch_1.bin to data_batch_5.bin.</summary>
    /// <param name="folder">The folder of the unpacked archive, cifar-10-batches-bin.</param>
    /// <returns>The training set, 50,000 images.</returns>
    /// <inheritdoc cref="Read"/>
    public static Dataset ReadTraining(string folder) => Read([.. Enumerable.Range(1, 5).Select(i => Path.Combine(folder, $"data_batch_{i}.bin"))]);

    /// <summary>Reads test_batch.bin.</summary>
    /// <param name="folder">The folder of the unpacked archive, cifar-10-batches-bin.</param>
    /// <returns>The test set, 10,000 images.</returns>
    /// <inheritdoc cref="Read"/>
    public static Dataset ReadTest(string folder) => Read(Path.Combine(folder, "test_batch.bin"));

    /// <summary>Reads files of records, one after the other.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <returns>The images as an input of shape (32, 32, 3), 0 to 255 and kept as bytes in memory; the labels as the target.</returns>
    /// <exception cref="DataFileException">A file is empty, truncated, or has a label above 9.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Dataset Read(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("At least one file is expected.", nameof(paths));
        byte[][] files = [.. paths.Select(Load)];
        long records = files.Sum(file => (long)file.Length / Record);
        if (records * Channels * Plane > Array.MaxLength)
            throw new DataFileException(paths[0], 0, $"The {paths.Count} files together hold {records} images, more than can be addressed.");

        var pixels = new byte[records * Channels * Plane];
        var labels = new int[records];
        int sample = 0;
        for (int file = 0; file < files.Length; file++)
        {
            for (int start = 0; start < files[file].Length; start += Record, sample++)
            {
                labels[sample] = Label(files[file][start], paths[file], start / Record);
                ToChannelsLast(files[file].AsSpan(start + 1, Channels * Plane), pixels.AsSpan(sample * Channels * Plane, Channels * Plane));
            }
        }

        return new Dataset([TensorColumn.FromBytes(Dataset.DefaultInput, pixels, Size, Size, Channels)], [TensorColumn.FromIntegers(Dataset.DefaultTarget, labels)]);
    }

    private static byte[] Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length == 0) throw new DataFileException(path, 0, $"The file has no bytes; records of {Record} are expected.");
        return file.Length % Record == 0 ? file : throw new DataFileException(
            path, 0, $"The file is truncated or no CIFAR-10 batch: after {file.Length / Record} whole records of {Record} bytes, {file.Length % Record} bytes are left.");
    }

    private static int Label(byte label, string path, int record) => label < ClassNames.Count ? label : throw new DataFileException(
        path, 0, $"Record {record} has the label {label}; 0 to {ClassNames.Count - 1} are expected.");

    private static void ToChannelsLast(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        for (int i = 0; i < Plane; i++)
        {
            for (int c = 0; c < Channels; c++) pixels[(i * Channels) + c] = planes[(c * Plane) + i];
        }
    }
}
