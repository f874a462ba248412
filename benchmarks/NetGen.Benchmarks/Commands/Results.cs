using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Benchmarks;

/// <summary>NetGen beside a peer. A side that was not measured is null.</summary>
internal sealed record Comparison(
    [property: JsonPropertyName("workload")] string Workload,
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("batch")] int Batch,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("netgen_us")] Summary? NetGen,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("peer_us")] Summary? PeerTime,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("gflops")] double? Gflops,
    [property: JsonPropertyName("peak_gflops")] double PeakGflops,
    [property: JsonPropertyName("max_abs_difference")] double? MaxAbsDifference);

/// <summary>Process start to first inference.</summary>
internal sealed record ColdStart(
    [property: JsonPropertyName("cold")] string Workload,
    [property: JsonPropertyName("netgen_ms")] Summary? NetGen,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("peer_ms")] Summary PeerTime,
    [property: JsonPropertyName("ratio")] double? Ratio);

/// <summary>A limit of one core.</summary>
internal sealed record CoreLimit(
    [property: JsonPropertyName("limit")] string Name,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("rate")] Summary Rate);

/// <summary>Results are JSON lines.</summary>
internal static class Results
{
    /// <summary>The encoder leaves signs like + readable; the lines go to no web page.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    public static void Write<T>(T result) => Console.WriteLine(JsonSerializer.Serialize(result, Options));

    /// <exception cref="JsonException">The line is no such result.</exception>
    public static T Read<T>(JsonElement line) => line.Deserialize<T>(Options)!;

    /// <summary>Five significant digits: more than any of it is repeatable to.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
