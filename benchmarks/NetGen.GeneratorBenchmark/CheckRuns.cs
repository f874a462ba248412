using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.GeneratorBenchmark;

/// <summary>What the analyzer does after every key stroke in a network: reading its attributes and the stages up to the shapes.</summary>
internal static class CheckRuns
{
    /// <summary>Prints the milliseconds of every measured run, each after another edit of the network.</summary>
    public static void Run(Subject subject)
    {
        CSharpCompilation compilation = Project.Compile(subject);
        List<double> times = [];
        for (int i = 0; i < subject.Unmeasured + subject.Measured; i++)
        {
            CSharpCompilation edited = Project.Edit(compilation, subject.File, subject.After(i));
            INamedTypeSymbol type = edited.GetSymbolsWithName(Path.GetFileNameWithoutExtension(subject.File), SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
            long start = Stopwatch.GetTimestamp();
            FrontendResult read = Frontend.Read(type, CancellationToken.None);
            EquatableArray<Problem> problems = Compiler.Check(read.Model);
            if (i >= subject.Unmeasured) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!read.IsComplete || read.Problems.Count + problems.Count > 0)
                throw new InvalidOperationException($"{subject.File} has {read.Problems.Count + problems.Count} problems; none is expected");
        }

        Console.WriteLine(JsonSerializer.Serialize(new { check_ms = times }));
    }
}
