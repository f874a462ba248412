namespace NetGen.Samples;

/// <summary>Values at equal distances in time, of which the last are to be forecast.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Unit">Their unit.</param>
/// <param name="Season">After how many steps they are similar again, about.</param>
/// <param name="Values">The values.</param>
/// <param name="Known">How many of them are learned from.</param>
/// <param name="IsMultiplicative">Whether the swing grows with the level; then factors are learned in place of differences.</param>
internal sealed record Series(string Name, string Unit, int Season, float[] Values, int Known, bool IsMultiplicative = false)
{
    private const string Airline = "airline-passengers.csv", Sunspots = "sunspots.csv";

    /// <summary>The series in a folder, or a made-up one where there is no folder.</summary>
    /// <exception cref="IOException">The folder holds no series that this sample knows, or the file is damaged.</exception>
    public static Series Read(SampleOptions options)
    {
        if (options.Data is not { } folder) return MadeUp(steps: 480, season: 12, options.Seed);
        string file = Folders.Recognise(folder, Airline, Sunspots), path = Path.Combine(folder, file);
        return file == Airline
            ? Part("airline passengers of a month", "thousands", 12, ReadColumn(path, "Month", "Passengers"), 24, isMultiplicative: true)
            : Part("sunspots of a year", "sunspots", 11, ReadColumn(path, "YEAR", "SUNACTIVITY"), 60);
    }

    /// <summary>A trend, a season whose swing changes over the years, and noise of which a part stays from step to step.</summary>
    private static Series MadeUp(int steps, int season, ulong seed)
    {
        Random random = new((int)seed);
        float[] values = new float[steps];
        double drift = 0;
        for (int i = 0; i < steps; i++)
        {
            double phase = 2 * Math.PI * i / season, years = 2 * Math.PI * i / (7.3 * season);
            drift = (0.7 * drift) + (2 * (random.NextDouble() + random.NextDouble() - 1));
            values[i] = (float)(100 + (0.1 * i) + ((20 + (10 * Math.Sin(years))) * Math.Sin(phase)) + (8 * Math.Cos(2 * phase)) + (15 * Math.Cos(years)) + drift);
        }

        return Part("a made-up series", "units", season, values, 96);
    }

    private static Series Part(string name, string unit, int season, float[] values, int unknown, bool isMultiplicative = false)
    {
        int least = unknown + (6 * season);
        if (values.Length < least) throw new InvalidDataException($"There are {values.Length} values of {name}; {least} or more are expected.");
        if (values.Min() == values.Max()) throw new InvalidDataException($"All values of {name} are {values[0]}; there is nothing to learn.");
        if (isMultiplicative && values.Min() <= 0) throw new InvalidDataException($"A value of {name} is {values.Min()}; numbers above 0 are expected.");
        return new Series(name, unit, season, values, values.Length - unknown, isMultiplicative);
    }

    private static float[] ReadColumn(string path, string time, string value)
    {
        Dataset rows = Csv.Read(path, new CsvOptions { Columns = { [time] = CsvColumn.Ignored, [value] = CsvColumn.Numeric() } }).Dataset;
        float[] values = new float[rows.Count];
        for (int i = 0; i < values.Length; i++) rows.ReadInput(i, values.AsSpan(i, 1));
        return values;
    }
}
