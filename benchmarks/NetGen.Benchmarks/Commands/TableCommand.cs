using System.Globalization;
using System.Text.Json;

namespace NetGen.Benchmarks;

/// <summary>JSON lines of the other commands as Markdown tables, one for each kind of result.</summary>
internal static class TableCommand
{
    public static int Run(string file) => Run(file, Console.Out);

    /// <summary>Writes the tables of a file.</summary>
    public static int Run(string file, TextWriter output)
    {
        if (!File.Exists(file)) throw new UsageException($"table: there is no file '{file}'");
        var comparisons = new List<Comparison>();
        var colds = new List<ColdStart>();
        var generators = new List<GeneratorTimes>();
        var checks = new List<CheckTimes>();
        var imports = new List<ImportTimes>();
        var builds = new List<BuildTimes>();
        var memories = new List<MemoryUse>();
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
                else if (root.TryGetProperty("check", out _)) checks.Add(Results.Read<CheckTimes>(root));
                else if (root.TryGetProperty("import", out _)) imports.Add(Results.Read<ImportTimes>(root));
                else if (root.TryGetProperty("build", out _)) builds.Add(Results.Read<BuildTimes>(root));
                else if (root.TryGetProperty("memory", out _)) memories.Add(Results.Read<MemoryUse>(root));
                else if (root.TryGetProperty("limit", out _)) limits.Add(Results.Read<CoreLimit>(root));
                else comparisons.Add(Results.Read<Comparison>(root));
            }
            catch (JsonException e)
            {
                throw new UsageException($"{file}, line {number}: no result of this program: {e.Message}");
            }
        }
        if (comparisons.Count + colds.Count + generators.Count + checks.Count + imports.Count + builds.Count + memories.Count + limits.Count == 0)
            throw new UsageException($"table: the file '{file}' has no results");
        WriteTable(output, "| workload | mode | batch | threads | NetGen us | peer | peer us | ratio | at least | reached | GFLOP/s | % of peak | max abs difference |",
            comparisons.Select(Row));
        WriteTable(output, "| resident memory | mode | batch | threads | NetGen created MiB | peak MiB | peer | created MiB | peak MiB | share | at most |", memories.Select(Row));
        WriteTable(output, "| process start to first inference | side | to its code ms | to first inference ms | to its line ms | loading ms | first inference without it ms | target |",
            colds.SelectMany(Rows));
        WriteTable(output, "| generator | cold process ms | its run ms | warm, edit of the network ms | edit elsewhere ms | every step cached then | emitted bytes | allocated by a run MiB | target |",
            generators.Select(g => $"| {g.Network} | {Range(g.ColdProcess)} | {Range(g.ColdRun)} | {Range(g.Warm)} | {Range(g.Elsewhere)} "
                + $"| {(g.EveryStepCached ? "yes" : string.Join("; ", g.Steps.Select(s => $"{s.Key}: {s.Value}")))} | {Number(g.SourceBytes)} | {Number(g.AllocatedBytes / 1048576.0)} | {Targets.Generator(g.Network)} |"));
        WriteTable(output, "| analyzer after a key stroke | ms | target |", checks.Select(c => $"| {c.Network} | {Range(c.Times)} | {Targets.Check} |"));
        WriteTable(output, "| import | ms | the generator on it ms | on the one by hand ms | ratio | target |",
            imports.Select(i => $"| {i.Model} | {Range(i.Import)} | {Range(i.Imported)} | {Range(i.ByHand)} | {Range(i.Ratio)} | {Targets.Import} |"));
        WriteTable(output, "| dotnet build | with it s | without s | longer s | target |",
            builds.Select(b => $"| {b.Network} | {Range(b.With)} | {Range(b.Without)} | {Number(b.Longer)} | {Targets.Build} |"));
        WriteTable(output, "| limit of one core | rate | unit |", limits.Select(l => $"| {l.Name} | {Range(l.Rate)} | {l.Unit} |"));
        return 0;
    }

    private static void WriteTable(TextWriter output, string head, IEnumerable<string> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0) return;
        output.WriteLine(head);
        output.WriteLine(string.Concat(Enumerable.Repeat("|---", head.Count(c => c == '|') - 1)) + "|");
        lines.ForEach(output.WriteLine);
        output.WriteLine();
    }

    private static string Row(Comparison c)
    {
        double? target = Targets.LeastRatio(c);
        var difference = c.MaxAbsDifference?.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return $"| {c.Workload} | {c.Mode} | {c.Batch} | {c.Threads} | {Range(c.NetGen)} | {c.Peer} | {Range(c.PeerTime)} "
            + $"| {Number(c.Ratio)} | {Number(target)} | {(target is null ? "" : c.Ratio >= target ? "yes" : "**no**")} | {Number(c.Gflops)} | {Number(100 * c.Gflops / c.PeakGflops)} | {difference} |";
    }

    private static string Row(MemoryUse m) =>
        $"| {m.Workload} | {m.Mode} | {m.Batch} | {m.Threads} | {Number(m.NetGen?.Created)} | {Number(m.NetGen?.Peak)} "
            + $"| {m.Peer} | {Number(m.PeerMemory?.Created)} | {Number(m.PeerMemory?.Peak)} | {Number(m.Share)} | {Number(Targets.MostMemory(m))} |";

    private static IEnumerable<string> Rows(ColdStart c) =>
        from row in new[]
        {
            (Side: "NetGen, JIT", Times: c.Jit, Target: Targets.ColdJit(c.Workload)),
            (Side: "NetGen, NativeAOT", Times: c.Aot, Target: Targets.ColdAot(c.Workload)),
            (Side: c.Peer + ", JIT", Times: c.PeerTimes, Target: ""),
        }
        where row.Times is not null
        select $"| {c.Workload} | {row.Side} | {Range(row.Times.Main)} | {Range(row.Times.Inference)} | {Range(row.Times.Line)} "
            + $"| {Range(row.Times.Loading)} | {Range(row.Times.WithoutLoading)} | {row.Target} |";

    /// <summary>Median, with the extremes behind it.</summary>
    private static string Range(Summary? s) => s is null ? "" : $"{Number(s.Median)} ({Number(s.Min)}-{Number(s.Max)})";

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("G3", CultureInfo.InvariantCulture),
    };
}
