using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.GeneratorBenchmark;

/// <summary>The first run in a process, with everything that the JIT has to compile for it.</summary>
internal static class ColdRun
{
    /// <summary>Prints the milliseconds of the driver's run, and those from the beginning of the process's code to its end.</summary>
    public static void Run(Subject subject, long begin)
    {
        CSharpCompilation compilation = Project.Compile(subject);
        // A compiler has bound the references and declarations whether there is a generator or not.
        compilation.GetDeclarationDiagnostics();
        GeneratorDriver driver = Project.Driver();
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double run = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Project.Check(driver);
        double all = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"run_ms":{{run}},"process_ms":{{all}}}"""));
    }
}
