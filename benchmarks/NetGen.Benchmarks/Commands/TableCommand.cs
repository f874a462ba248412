using System.Globalization;
using System.Text.Json;

namespace NetGen.Benchmarks;

/// <summary>JSON lines of the other commands as Markdown tables, one for each kind of result.</summary>
internal static class TableCommand
{
    public static int Run(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"table: there is no file '{file}'");
        var comparisons = new List<Comparison>();
        var colds = new List<ColdStart>();
        var generators = new List<GeneratorTimes>();
        var limits = new List<CoreLimit>();
        int number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object) throw new JsonException("it is no object");
                if (root.TryGetProperty("cold", out _)) colds.Add(Results.Read<ColdStart>(root));
                else if (root.TryGetProperty("generator", out _)) generators.Add(Results.Read<GeneratorTimes>(root));
                else if (root.TryGetProperty("limit", out _)) limits.Add(Results.Read<CoreLimit>(root));
                else comparisons.Add(Results.Read<Comparison>(root));
            }
            catch (JsonException e)
            {
                throw new UsageException($"{file}, line {number}: no result of this program: {e.Message}");
            }
        }
        WriteTable("| workload | mode | batch | threads | NetGen us | peer | peer us | ratio | at least | GFLOP/s | % of peak | max abs difference |",
            comparisons.Select(Row));
        WriteTable("| process start to first inference | side | to its code ms | to first inference ms | to its line ms | target |", colds.SelectMany(Rows));
        WriteTable("| generator | cold process ms | its run ms | warm, edit of the network ms | edit elsewhere ms | every step cached then | target |",
            generators.Select(g => $"| {g.Network} | {Range(g.ColdProcess)} | {Range(g.ColdRun)} | {Range(g.Warm)} | {Range(g.Elsewhere)} "
                + $"| {(g.EveryStepCached ? "yes" : string.Join("; ", g.Steps.Select(s => $"{s.Key}: {s.Value}")))} | {Targets.Generator} |"));
        WriteTable("| limit of one core | rate | unit |", limits.Select(l => $"| {l.Name} | {Range(l.Rate)} | {l.Unit} |"));
        return 0;
    }

    private static void WriteTable(string head, IEnumerable<string> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0) return;
        Console.WriteLine(head);
        Console.WriteLine(string.Concat(Enumerable.Repeat("|---", head.Count(c => c == '|') - 1)) + "|");
        lines.ForEach(Console.WriteLine);
        Console.WriteLine();
    }

    private static string Row(Comparison c)
    {
        var difference = c.MaxAbsDifference?.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return $"| {c.Workload} | {c.Mode} | {c.Batch} | {c.Threads} | {Range(c.NetGen)} | {c.Peer} | {Range(c.PeerTime)} "
            + $"| {Number(c.Ratio)} | {Number(Targets.LeastRatio(c))} | {Number(c.Gflops)} | {Number(100 * c.Gflops / c.PeakGflops)} | {difference} |";
    }

    private static IEnumerable<string> Rows(ColdStart c) =>
        from row in new[] { ("NetGen, JIT", c.Jit, Targets.ColdJit), ("NetGen, NativeAOT", c.Aot, Targets.ColdAot), (c.Peer + ", JIT", c.PeerTimes, "") }
        where row.Item2 is not null
        select $"| {c.Workload} | {row.Item1} | {Range(row.Item2.Main)} | {Range(row.Item2.Inference)} | {Range(row.Item2.Line)} | {row.Item3} |";

    /// <summary>Median, with the extremes behind it.</summary>
    private static string Range(Summary? s) => s is null ? "" : $"{Number(s.Median)} ({Number(s.Min)}-{Number(s.Max)})";

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("G3", CultureInfo.InvariantCulture),
    };
}
