using System.Globalization;
using System.Text;
using NetGen.Benchmarks;
using NetGen.Documentation;

namespace NetGen.Tests.Benchmarks;

/// <summary>The page of benchmarks is written from the targets and from the results that are recorded.</summary>
public sealed class BenchmarkPageTests
{
    [Fact]
    public void TheTargetsAreThoseOfTheCode()
    {
        StringBuilder text = new("| workload | mode | batch | threads | at least | over |\n|---|---|---:|---:|---:|---|\n");
        foreach (((string workload, string mode, int batch, int threads), double ratio) in Targets.LeastRatios.OrderBy(r => r.Key.Workload, StringComparer.Ordinal).ThenBy(r => r.Key))
            text.Append(CultureInfo.InvariantCulture, $"| {workload} | {mode} | {batch} | {threads} | {ratio} | {string.Join(" and ", Peers(workload, mode, batch, threads))} |\n");
        GeneratedSection.Verify("benchmarks.md", "targets", text.ToString());
    }

    [Fact]
    public void TheTargetsOfTheGeneratorAreThoseOfTheCode()
    {
        StringBuilder text = new("| network | first run in a process, below | a later run, below | text, below |\n|---|---:|---:|---:|\n");
        foreach ((string network, (int first, int later, double size)) in Targets.Generators)
            text.Append(CultureInfo.InvariantCulture, $"| {network} | {(first > 0 ? $"{first / 1000.0} s" : "")} | {later / 1000.0} s | {(size > 0 ? $"{size} MB" : "")} |\n");
        GeneratedSection.Verify("benchmarks.md", "generator targets", text.ToString());
    }

    [Fact]
    public void TheResultsAreThoseOfTheFiles()
    {
        string folder = Path.Combine(GeneratedSection.Root, "benchmarks", "results");
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)] : [];
        StringWriter text = new(CultureInfo.InvariantCulture);
        if (files.Length == 0) text.Write("No results are recorded.");
        foreach (string file in files)
        {
            text.Write($"### {Path.GetFileNameWithoutExtension(file)}\n\n");
            TableCommand.Run(file, text);
        }

        GeneratedSection.Verify("benchmarks.md", "results", text.ToString());
    }

    /// <summary>The peers of which a target tells.</summary>
    private static IEnumerable<string> Peers(string workload, string mode, int batch, int threads) =>
        new[] { Side.Ort, Side.TorchSharp }.Select(side => side.Label()).Where(peer => Targets.LeastRatio(new Comparison(workload, mode, batch, threads, null, peer, null, null, null, 0, null)) is not null);
}
