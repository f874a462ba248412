using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>How a case fared: passed, or why not.</summary>
internal sealed record OnnxResult(string Case, string? Failure, bool IsBound, bool IsFolded);

/// <summary>Imports many cases, compiles them in batches, runs and compares them.</summary>
internal static class OnnxRun
{
    private const int BatchSize = 60;

    public static IReadOnlyList<OnnxResult> Of(IEnumerable<string> folders, bool training = false, OnnxImportBatch batch = OnnxImportBatch.Auto, bool keepLayout = false)
    {
        List<(string Name, OnnxCase Case, ImportedNetwork Network)> pending = [];
        List<OnnxResult> results = [];
        int number = 0;
        foreach (string folder in folders)
        {
            string name = Path.GetFileName(folder);
            try
            {
                OnnxCase c = OnnxCase.Read(folder);
                OnnxImportOptions options = c.Options($"Case{number++}", training, batch, keepLayout);
                if (Folded(c, options) is { } folded)
                {
                    results.Add(folded);
                    continue;
                }

                ImportedNetwork network = OnnxImporter.Import(c.ModelFile, options);
                TapeResult tape = Tape.Build(network.Model, training: false);
                if (tape.Problems.Count > 0)
                    results.Add(new(name, string.Join("; ", tape.Problems.Select(p => p.Message)), c.Bound.Count > 0, false));
                else
                    pending.Add((name, c, network));
            }
            catch (ImportException e)
            {
                results.Add(new(name, string.Join("; ", e.Problems), false, false));
            }
            catch (NotSupportedException e)
            {
                results.Add(new(name, e.Message, false, false));
            }
        }

        foreach ((string Name, OnnxCase Case, ImportedNetwork Network)[] chunk in pending.Chunk(BatchSize))
        {
            ImportedAssembly assembly = ImportedAssembly.Of([.. chunk.Select(c => c.Network)]);
            foreach ((string name, OnnxCase c, ImportedNetwork network) in chunk)
            {
                string? failure;
                try
                {
                    failure = OnnxComparison.Difference(c, network, assembly.Load(network));
                }
                catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or IOException or System.Reflection.TargetInvocationException)
                {
                    failure = (e.InnerException ?? e).Message;
                }

                results.Add(new(name, failure, c.Bound.Count > 0, false));
            }
        }

        return results;
    }

    /// <summary>A model of which nothing depends on an input: its constants are compared.</summary>
    private static OnnxResult? Folded(OnnxCase c, OnnxImportOptions options)
    {
        GraphConversion conversion = OnnxImporter.Convert(c.Graph, options, c.ModelFile);
        ConstantValue?[] constants = [.. c.Graph.Outputs.Select(o => conversion.Known(o.Name) as ConstantValue)];
        if (constants.Any(k => k is null))
            return null;
        string? failure = constants.Zip(c.Sets[0].Outputs).Select(p => p.First!.Shape.SequenceEqual(p.Second.Shape) ? OnnxComparison.Difference(p.Second, p.First.Floats())
            : $"the shape is ({string.Join(", ", p.First.Shape)}), expected ({string.Join(", ", p.Second.Shape)})").FirstOrDefault(d => d is not null);
        return new(c.Name, failure, c.Bound.Count > 0, true);
    }
}
