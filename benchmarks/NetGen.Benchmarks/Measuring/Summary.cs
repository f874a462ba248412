using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace NetGen.Benchmarks;

/// <summary>Minimum, median and maximum of several rounds.</summary>
internal sealed record Summary(
    [property: JsonPropertyName("min")] double Min,
    [property: JsonPropertyName("median")] double Median,
    [property: JsonPropertyName("max")] double Max)
{
    public static Summary Of(IReadOnlyCollection<double> rounds) =>
        new(Results.Rounded(rounds.Min()), Results.Rounded(MedianOf([.. rounds])), Results.Rounded(rounds.Max()));

    /// <summary>Sorts <paramref name="values"/> in place; they must not be empty.</summary>
    public static double MedianOf(List<double> values)
    {
        values.Sort();
        var sorted = CollectionsMarshal.AsSpan(values);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
