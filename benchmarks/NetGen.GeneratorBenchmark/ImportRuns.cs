using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.GeneratorBenchmark;

/// <summary>A model from an ONNX file: how long its import takes, and what the generator takes for it beside the same network written by hand.</summary>
internal static class ImportRuns
{
    private const int Unmeasured = 6, Pairs = 9;

    /// <summary>Prints the milliseconds of the process's first import, its files among it, and of the generator's runs, each on a driver of its own, imported and by hand in turns.</summary>
    public static void Run(string file, Subject byHand)
    {
        long start = Stopwatch.GetTimestamp();
        string weights = Path.GetTempFileName();
        ImportedNetwork network;
        try
        {
            network = OnnxImporter.Import(file);
            network.SaveWeights(weights);
        }
        finally
        {
            File.Delete(weights);
        }

        string source = network.Source;
        double import = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        CSharpCompilation[] sides = [Project.Compile("Imported.cs", source), Project.Compile(byHand)];
        double[][] times = [new double[Pairs], new double[Pairs]];
        for (int i = 0; i < Unmeasured + Pairs; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                var driver = Project.Driver();
                long begin = Stopwatch.GetTimestamp();
                driver = driver.RunGenerators(sides[side]);
                if (i >= Unmeasured) times[side][i - Unmeasured] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                Project.Check(driver);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"import_ms":{{import}},"imported_ms":[{{List(times[0])}}],"by_hand_ms":[{{List(times[1])}}]}"""));

        static string List(double[] values) => string.Join(",", values.Select(v => v.ToString(CultureInfo.InvariantCulture)));
    }
}
