using System.Text.Json.Serialization;

namespace NetGen.Benchmarks;

/// <summary>The import of ResNet-50 from an ONNX file in fresh processes, and the generator on what it writes beside the one of the applications.</summary>
internal static class ImportCommand
{
    private const int Processes = 3;

    private const string ByHand = "resnet50";

    public static int Run(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"import: there is no file '{file}'");
        var program = ChildProgram.Find("NetGen.GeneratorBenchmark");
        var watch = new LoadWatch(Cores.Pin(1));
        // The first process brings the files into memory and is not counted.
        var runs = Enumerable.Range(0, Processes + 1).Select(_ => Results.Read<Runs>(ChildProgram.Run(program, "import", file, ByHand))).Skip(1).ToList();
        var imported = Summary.Of([.. runs.SelectMany(r => r.Imported)]);
        var byHand = Summary.Of([.. runs.SelectMany(r => r.ByHand)]);
        var ratio = Summary.Of([.. runs.SelectMany(r => r.Imported.Zip(r.ByHand, (i, h) => i / h))]);
        Results.Write(new ImportTimes(Path.GetFileNameWithoutExtension(file), Summary.Of([.. runs.Select(r => r.Import)]), imported, byHand, ratio));
        watch.Report();
        return 0;
    }

    private sealed record Runs([property: JsonPropertyName("import_ms")] double Import, [property: JsonPropertyName("imported_ms")] double[] Imported, [property: JsonPropertyName("by_hand_ms")] double[] ByHand);
}
