namespace NetGen.Samples;

/// <summary>A table to learn from.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Unit">The unit of the target.</param>
/// <param name="Data">Its rows in random order.</param>
internal sealed record Table(string Name, string Unit, Dataset Data)
{
    /// <summary>Reads the CSV file in a folder, or makes a set up where there is no folder.</summary>
    /// <exception cref="IOException">The folder holds no file that this sample knows, or the file is damaged.</exception>
    public static Table Read(SampleOptions options)
    {
        if (options.Data is not { } folder) return new Table("a made-up function of six numbers", "units", MadeUp.Draw(5000, seed: 1));
        string file = Folders.Recognise(folder, "housing.csv", "mpg.csv");
        string path = Path.Combine(folder, file);

        // Files are sorted by place or year; the order of the split must not be.
        return file == "mpg.csv"
            ? new Table("auto-mpg", "miles per gallon", Csv.Read(path, Cars).Dataset.Shuffle(options.Seed))
            : new Table("California housing", "dollars", Csv.Read(path, Houses).Dataset.Shuffle(options.Seed));
    }

    private static CsvOptions Cars => new()
    {
        Targets = ["mpg"],
        Columns = { ["horsepower"] = CsvColumn.Numeric(Blank.Median), ["origin"] = CsvColumn.OneHot(), ["name"] = CsvColumn.Ignored },
    };

    private static CsvOptions Houses => new()
    {
        Targets = ["median_house_value"],
        Columns = { ["total_bedrooms"] = CsvColumn.Numeric(Blank.Median), ["ocean_proximity"] = CsvColumn.OneHot() },
    };
}
