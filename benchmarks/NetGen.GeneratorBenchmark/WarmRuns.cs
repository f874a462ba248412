using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.GeneratorBenchmark;

/// <summary>Many runs in one process, as in an IDE: each with an edit of the network, then each with an edit elsewhere.</summary>
internal static class WarmRuns
{
    /// <summary>The generator's own steps; the driver tracks more, such as its inputs, which an edit changes by definition.</summary>
    private static readonly string[] Steps =
    [
        NetworkGenerator.Networks, NetworkGenerator.HintNames, NetworkGenerator.Build, NetworkGenerator.Shells, NetworkGenerator.Kernels,
    ];

    /// <summary>Prints the milliseconds of every measured run of both kinds, what became of each step after an edit elsewhere, and the size of the emitted text.</summary>
    public static void Run(Subject subject)
    {
        CSharpCompilation compilation = Project.Compile(subject);
        double[] network = Edits(subject, compilation, subject.File, subject.After);
        double[] elsewhere = Edits(subject, compilation, "Elsewhere.cs", Elsewhere);
        Console.WriteLine(JsonSerializer.Serialize(
            new { network_ms = network, elsewhere_ms = elsewhere, steps = StepsAfterAnEditElsewhere(compilation), source_bytes = SourceBytes(compilation), allocated_bytes = AllocatedBytes(compilation) }));
    }

    private static string Elsewhere(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"namespace App; public static class Elsewhere {{ public static int Value => {i + 1}; }}");

    /// <summary>The driver is kept, so each run sees what differs from the one before.</summary>
    private static double[] Edits(Subject subject, CSharpCompilation compilation, string file, Func<int, string> text)
    {
        GeneratorDriver driver = Project.Driver().RunGenerators(compilation);
        double[] times = new double[subject.Measured];
        for (int i = 0; i < subject.Unmeasured + subject.Measured; i++)
        {
            CSharpCompilation edited = Project.Edit(compilation, file, text(i));
            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(edited);
            if (i >= subject.Unmeasured) times[i - subject.Unmeasured] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Project.Check(driver);
        }

        return times;
    }

    private static Dictionary<string, string> StepsAfterAnEditElsewhere(CSharpCompilation compilation)
    {
        GeneratorDriver driver = Project.Driver(trackSteps: true).RunGenerators(compilation);
        GeneratorRunResult result = Project.Check(driver.RunGenerators(Project.Edit(compilation, "Elsewhere.cs", Elsewhere(0))));
        Dictionary<string, string> reasons = Steps.ToDictionary(step => step, step => Reasons(result.TrackedSteps[step]));
        reasons.Add("Outputs", Reasons(result.TrackedOutputSteps.SelectMany(s => s.Value)));
        return reasons;
    }

    private static int SourceBytes(CSharpCompilation compilation) =>
        Project.Check(Project.Driver().RunGenerators(compilation)).GeneratedSources.Sum(s => Encoding.UTF8.GetByteCount(s.SourceText.ToString()));

    /// <summary>What one run of a new driver allocates, on whatever thread.</summary>
    private static long AllocatedBytes(CSharpCompilation compilation)
    {
        GeneratorDriver driver = Project.Driver();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        driver = driver.RunGenerators(compilation);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Project.Check(driver);
        return allocated;
    }

    private static string Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        string.Join(", ", steps.SelectMany(s => s.Outputs).Select(o => o.Reason.ToString()).Distinct().Order(StringComparer.Ordinal));
}
