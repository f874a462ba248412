namespace NetGen.Samples;

/// <summary>The files of MNIST (LeCun, Cortes, Burges): images and labels in IDX form, packed by gzip.</summary>
internal static class Mnist
{
    /// <summary>The images of the first 10,000 training digits, of which the last tenth is held out.</summary>
    public const string Part = "train10k-images-idx3-ubyte.gz";

    /// <summary>The images of all training digits; those to test with have files of their own.</summary>
    public const string Whole = "train-images-idx3-ubyte.gz";

    private const string WholeTest = "t10k-images-idx3-ubyte.gz";

    /// <summary>Reads the digits to train on and to test with.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="images">Which of the files of images is there: <see cref="Part"/> or <see cref="Whole"/>.</param>
    /// <exception cref="IOException">A file is missing, damaged, or holds something else.</exception>
    public static (Dataset Train, Dataset Test) Read(string folder, string images) => images == Whole
        ? (Digits(folder, Whole), Digits(folder, WholeTest))
        : Digits(folder, Part).Split(0.9);

    private static Dataset Digits(string folder, string images)
    {
        string pixels = Path.Combine(folder, images), labels = Path.Combine(folder, images.Replace("images-idx3", "labels-idx1", StringComparison.Ordinal));
        Dataset digits = Dataset.FromIdx(pixels, labels);
        Require(digits.Inputs[0], [28, 28, 1], pixels, "images");
        Require(digits.Targets[0], [1], labels, "labels");
        return digits;
    }

    /// <summary>Tells a file that holds something else before a network is chosen for it.</summary>
    private static void Require(TensorInfo found, ReadOnlySpan<int> shape, string file, string what)
    {
        if (found.Shape.SequenceEqual(shape)) return;
        throw new InvalidDataException($"{file} holds tensors of shape ({string.Join(", ", found.Shape.ToArray())}); {what} of shape ({string.Join(", ", shape.ToArray())}) are expected.");
    }
}
