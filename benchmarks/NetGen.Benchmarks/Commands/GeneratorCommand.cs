using System.Text.Json.Serialization;

namespace NetGen.Benchmarks;

/// <summary>
/// The generator on some networks: its first run in a fresh process, runs after edits of the network, and what an edit elsewhere re-runs; and what the analyzer does
/// after every key stroke in a deep one.
/// </summary>
internal static class GeneratorCommand
{
    private const int Processes = 7;

    private const string Checked = "resnet152";

    public static int Run()
    {
        var program = ChildProgram.Find("NetGen.GeneratorBenchmark");
        var watch = new LoadWatch(Cores.Pin(1));
        foreach (var network in Targets.Generators.Keys)
        {
            // The first process brings the files into memory and is not counted.
            var cold = Enumerable.Range(0, Processes + 1).Select(_ => Results.Read<Cold>(ChildProgram.Run(program, "cold", network))).Skip(1).ToList();
            var warm = Results.Read<Warm>(ChildProgram.Run(program, "warm", network));
            Results.Write(new GeneratorTimes(network, Summary.Of([.. cold.Select(c => c.Run)]), Summary.Of([.. cold.Select(c => c.Process)]),
                Summary.Of(warm.Network), Summary.Of(warm.Elsewhere), warm.Steps, warm.Steps.Values.All(IsCached), warm.SourceBytes, warm.AllocatedBytes));
        }
        var check = Results.Read<Check>(ChildProgram.Run(program, "check", Checked));
        Results.Write(new CheckTimes(Checked, Summary.Of(check.Times)));
        watch.Report();
        return 0;
    }

    private static bool IsCached(string reasons) => reasons.Split(", ").All(reason => reason is "Cached" or "Unchanged");

    private sealed record Cold([property: JsonPropertyName("run_ms")] double Run, [property: JsonPropertyName("process_ms")] double Process);

    private sealed record Warm(
        [property: JsonPropertyName("network_ms")] double[] Network,
        [property: JsonPropertyName("elsewhere_ms")] double[] Elsewhere,
        [property: JsonPropertyName("steps")] Dictionary<string, string> Steps,
        [property: JsonPropertyName("source_bytes")] int SourceBytes,
        [property: JsonPropertyName("allocated_bytes")] long AllocatedBytes);

    private sealed record Check([property: JsonPropertyName("check_ms")] double[] Times);
}
