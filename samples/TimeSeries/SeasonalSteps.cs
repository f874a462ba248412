namespace NetGen.Samples;

/// <summary>
/// Between a series and the network. At each step the network is given how far the value, and the one that followed a season ago, lie from the mean of the last season; it tells how much the
/// next value differs from the one a season before it. So a level that it has never seen, as trends bring it, is nothing new to it, and with an output of 0 it is the seasonal naive forecast.
/// </summary>
internal sealed class SeasonalSteps
{
    /// <summary>How many numbers a step has.</summary>
    public const int Size = 2;

    private readonly int season;
    private readonly bool isLogarithmic;
    private readonly double unit;
    private readonly List<double> past = [];

    /// <summary>Measures the known part of a series.</summary>
    public SeasonalSteps(Series series)
    {
        season = series.Season;
        isLogarithmic = series.IsMultiplicative;
        double[] known = [.. series.Values.Take(series.Known).Select(ToInner)];
        double mean = known.Average();
        unit = Math.Sqrt(known.Average(value => (value - mean) * (value - mean)));
    }

    private SeasonalSteps(SeasonalSteps other)
    {
        (season, isLogarithmic, unit) = (other.season, other.isLogarithmic, other.unit);
        past.AddRange(other.past);
    }

    /// <summary>Whether a season is known, before which there is nothing to tell.</summary>
    public bool IsReady => past.Count >= season;

    /// <summary>The next value; from what the network says of it, see <see cref="Target"/>.</summary>
    public float Value(float output) => ToOuter(past[^season] + (output * unit));

    /// <summary>What the network should say, for the next value to be this one.</summary>
    public float Target(float value) => (float)((ToInner(value) - past[^season]) / unit);

    /// <summary>Takes the next value.</summary>
    public void Add(float value) => past.Add(ToInner(value));

    /// <summary>The last step, for the network.</summary>
    public float[] Step()
    {
        double mean = past.TakeLast(season).Average();
        return [(float)((past[^1] - mean) / unit), (float)((past[^season] - mean) / unit)];
    }

    /// <summary>Goes on from here by itself.</summary>
    public SeasonalSteps Copy() => new(this);

    private double ToInner(float value) => isLogarithmic ? Math.Log(value) : value;

    private float ToOuter(double inner) => (float)(isLogarithmic ? Math.Exp(inner) : inner);
}
