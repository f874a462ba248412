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

/// <summary>A process's start, in milliseconds since it was asked for.</summary>
/// <param name="Main">When its own code began.</param>
/// <param name="Inference">When it had its first output.</param>
/// <param name="Line">When the line that says so had arrived.</param>
/// <param name="Loading">How long it took of this to make the network from its file.</param>
/// <param name="WithoutLoading">The first output, less that.</param>
internal sealed record StartTimes(
    [property: JsonPropertyName("start_to_main_ms")] Summary Main,
    [property: JsonPropertyName("start_to_inference_ms")] Summary Inference,
    [property: JsonPropertyName("start_to_line_ms")] Summary Line,
    [property: JsonPropertyName("loading_ms")] Summary Loading,
    [property: JsonPropertyName("start_to_inference_without_loading_ms")] Summary WithoutLoading);

/// <summary>Process start to first inference; a side that could not be measured is null.</summary>
/// <param name="Workload">The network.</param>
/// <param name="Jit">NetGen, compiled by the JIT.</param>
/// <param name="Aot">NetGen, compiled ahead.</param>
/// <param name="Peer">The other side's name.</param>
/// <param name="PeerTimes">The other side.</param>
internal sealed record ColdStart(
    [property: JsonPropertyName("cold")] string Workload,
    [property: JsonPropertyName("netgen_jit")] StartTimes? Jit,
    [property: JsonPropertyName("netgen_aot")] StartTimes? Aot,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("peer_jit")] StartTimes PeerTimes);

/// <summary>The generator, in milliseconds.</summary>
/// <param name="Network">What it compiles.</param>
/// <param name="ColdRun">Its first run in a fresh process.</param>
/// <param name="ColdProcess">The whole of that process's code: reading references, parsing, and the run.</param>
/// <param name="Warm">A run after an edit of the network.</param>
/// <param name="Elsewhere">A run after an edit of another file.</param>
/// <param name="Steps">What became of each step after an edit of another file.</param>
/// <param name="EveryStepCached">Whether all of them were found equal or not even looked at.</param>
/// <param name="SourceBytes">The size of the emitted text.</param>
/// <param name="AllocatedBytes">What one run allocates; null in results from before it was measured.</param>
internal sealed record GeneratorTimes(
    [property: JsonPropertyName("generator")] string Network,
    [property: JsonPropertyName("cold_run_ms")] Summary ColdRun,
    [property: JsonPropertyName("cold_process_ms")] Summary ColdProcess,
    [property: JsonPropertyName("warm_ms")] Summary Warm,
    [property: JsonPropertyName("elsewhere_ms")] Summary Elsewhere,
    [property: JsonPropertyName("elsewhere_steps")] IReadOnlyDictionary<string, string> Steps,
    [property: JsonPropertyName("every_step_cached")] bool EveryStepCached,
    [property: JsonPropertyName("source_bytes")] int SourceBytes,
    [property: JsonPropertyName("allocated_bytes")] long? AllocatedBytes = null);

/// <summary>The analyzer's work after a key stroke in a network, in milliseconds.</summary>
internal sealed record CheckTimes(
    [property: JsonPropertyName("check")] string Network,
    [property: JsonPropertyName("check_ms")] Summary Times);

/// <summary>The import of a model, in milliseconds, and the generator's runs on it and on the network written by hand, in turns.</summary>
/// <param name="Model">The file.</param>
/// <param name="Import">The first import of a process: the class, and the weights as a file.</param>
/// <param name="Imported">The generator on the imported class.</param>
/// <param name="ByHand">The generator on the one written by hand.</param>
/// <param name="Ratio">Of each pair of runs.</param>
internal sealed record ImportTimes(
    [property: JsonPropertyName("import")] string Model,
    [property: JsonPropertyName("import_ms")] Summary Import,
    [property: JsonPropertyName("imported_ms")] Summary Imported,
    [property: JsonPropertyName("by_hand_ms")] Summary ByHand,
    [property: JsonPropertyName("imported_over_by_hand")] Summary Ratio);

/// <summary><c>dotnet build</c>, in seconds, of a project with a network and without it.</summary>
internal sealed record BuildTimes(
    [property: JsonPropertyName("build")] string Network,
    [property: JsonPropertyName("with_s")] Summary With,
    [property: JsonPropertyName("without_s")] Summary Without,
    [property: JsonPropertyName("longer_s")] double Longer);

/// <summary>Single calls of NetGen, in microseconds, the clock's own 20 to 40 ns in them.</summary>
/// <param name="Workload">The network.</param>
/// <param name="Calls">How many.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
/// <param name="P9999">9,999 of 10,000 took no longer.</param>
/// <param name="Most">The longest; what else ran on the core is in it.</param>
/// <param name="Collections">Garbage collections meanwhile.</param>
internal sealed record CallLatency(
    [property: JsonPropertyName("latency")] string Workload,
    [property: JsonPropertyName("calls")] int Calls,
    [property: JsonPropertyName("median_us")] double Median,
    [property: JsonPropertyName("p99_us")] double P99,
    [property: JsonPropertyName("p9999_us")] double P9999,
    [property: JsonPropertyName("max_us")] double Most,
    [property: JsonPropertyName("collections")] int Collections);

/// <summary>A process's resident memory in MiB.</summary>
/// <param name="Before">Before there was a network, with the libraries and the input.</param>
/// <param name="Created">What the network added.</param>
/// <param name="Peak">What the network and its steps added at most.</param>
internal sealed record ResidentMemory(
    [property: JsonPropertyName("before_mib")] double Before,
    [property: JsonPropertyName("created_mib")] double Created,
    [property: JsonPropertyName("peak_mib")] double Peak);

/// <summary>The memory of both sides.</summary>
/// <param name="Share">NetGen's peak over the peer's.</param>
internal sealed record MemoryUse(
    [property: JsonPropertyName("memory")] string Workload,
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("batch")] int Batch,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("netgen")] ResidentMemory? NetGen,
    [property: JsonPropertyName("peer")] string Peer,
    [property: JsonPropertyName("peer_memory")] ResidentMemory? PeerMemory,
    [property: JsonPropertyName("share")] double? Share);

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

    /// <exception cref="JsonException">The line is no such result.</exception>
    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options)!;

    /// <summary>Five significant digits: more than any of it is repeatable to.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
