namespace NetGen.Samples;

/// <summary>The digits to train on and to test with.</summary>
internal static class DigitData
{
    private const string MnistImages = "train10k-images-idx3-ubyte.gz", MnistLabels = "train10k-labels-idx1-ubyte.gz";
    private const string OptdigitsTrain = "optdigits.tra", OptdigitsTest = "optdigits.tes";

    /// <summary>Reads the folder, or draws digits where there is none.</summary>
    /// <exception cref="IOException">The folder holds no digits, or a file is damaged.</exception>
    public static (Dataset Train, Dataset Test) Read(SampleOptions options)
    {
        if (options.Data is not { } folder) return (DrawnDigits.Draw(6000, seed: 1), DrawnDigits.Draw(1000, seed: 2));
        if (Folders.Recognise(folder, MnistImages, OptdigitsTrain) == OptdigitsTrain)
        {
            return (ReadOptdigits(Path.Combine(folder, OptdigitsTrain)), ReadOptdigits(Path.Combine(folder, OptdigitsTest)));
        }

        Dataset digits = Dataset.FromIdx(Path.Combine(folder, MnistImages), Path.Combine(folder, MnistLabels));
        Require(digits.Inputs[0], [28, 28, 1], Path.Combine(folder, MnistImages), "images");
        Require(digits.Targets[0], [1], Path.Combine(folder, MnistLabels), "labels");
        return digits.Split(0.9);
    }

    /// <summary>Tells a file that holds something else before a network is chosen for it.</summary>
    private static void Require(TensorInfo found, ReadOnlySpan<int> shape, string file, string what)
    {
        if (found.Shape.SequenceEqual(shape)) return;
        throw new InvalidDataException($"{file} holds tensors of shape ({string.Join(", ", found.Shape.ToArray())}); {what} of shape ({string.Join(", ", shape.ToArray())}) are expected.");
    }

    /// <summary>64 counts of pixels from 0 to 16 and the digit, without a header.</summary>
    private static Dataset ReadOptdigits(string path) => Csv.Read(path, new CsvOptions
    {
        HasHeader = false,
        Targets = ["64"],
        Columns = { ["64"] = CsvColumn.Integer() },
    }).Dataset;
}
