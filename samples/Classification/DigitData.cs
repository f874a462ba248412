namespace NetGen.Samples;

/// <summary>The digits to train on and to test with.</summary>
internal static class DigitData
{
    private const string OptdigitsTrain = "optdigits.tra", OptdigitsTest = "optdigits.tes";

    /// <summary>Reads the folder, or draws digits where there is none.</summary>
    /// <exception cref="IOException">The folder holds no digits, or a file is damaged.</exception>
    public static (Dataset Train, Dataset Test) Read(SampleOptions options)
    {
        if (options.Data is not { } folder) return DrawnDigits.TrainAndTest();
        string file = Folders.Recognise(folder, Mnist.Whole, Mnist.Part, OptdigitsTrain);
        return file == OptdigitsTrain
            ? (ReadOptdigits(Path.Combine(folder, OptdigitsTrain)), ReadOptdigits(Path.Combine(folder, OptdigitsTest)))
            : Mnist.Read(folder, file);
    }

    /// <summary>64 counts of pixels from 0 to 16 and the digit, without a header.</summary>
    private static Dataset ReadOptdigits(string path) => Csv.Read(path, new CsvOptions
    {
        HasHeader = false,
        Targets = ["64"],
        Columns = { ["64"] = CsvColumn.Integer() },
    }).Dataset;
}
