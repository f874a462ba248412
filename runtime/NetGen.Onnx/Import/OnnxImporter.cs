using NetGen.Generator;
using NetGen.Importing;

namespace NetGen.Onnx;

/// <summary>Turns ONNX models into annotated partial classes.</summary>
public static class OnnxImporter
{
    /// <summary>Imports a model.</summary>
    /// <param name="path">The file; external data must lie in its folder.</param>
    /// <param name="options">How; what fits most models unless given.</param>
    /// <exception cref="ImportException">The model cannot be imported; everything that stands in the way is listed.</exception>
    /// <exception cref="ModelFileException">The file is damaged or no ONNX model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Import(string path, ImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ImportOptions();
        return Network(Convert(OnnxFile.Read(path), options, path), options, path);
    }

    /// <summary>The conversion with a batch where that is possible.</summary>
    internal static GraphConversion Convert(OnnxGraph graph, ImportOptions options, string path)
    {
        GraphConversion? first = null;
        if (options.Batch != ImportBatch.None)
        {
            try
            {
                first = new GraphConversion(graph, options, hasBatch: true);
                if (first.Problems.Count == 0 && (first.FitsBatch || options.Batch == ImportBatch.First))
                {
                    return first;
                }
            }
            catch (BatchException e) when (options.Batch == ImportBatch.First)
            {
                throw new ImportException(path, [$"The model has no batch that all of it keeps apart: {e.Message}"]);
            }
            catch (BatchException)
            {
                // Some op mixes what were samples: all that a call gives is one.
            }

            if (first is { FitsBatch: true } or not null && options.Batch == ImportBatch.First)
            {
                throw new ImportException(path, first.Problems);
            }
        }

        GraphConversion whole;
        try
        {
            whole = new GraphConversion(graph, options, hasBatch: false);
        }
        catch (BatchException e)
        {
            throw new ImportException(path, [e.Message]);
        }

        // Where both fail, the attempt with a batch says what a user can do about it.
        return whole.Problems.Count == 0 ? whole : throw new ImportException(path, first is { FitsBatch: true } ? first.Problems : whole.Problems);
    }

    private static ImportedNetwork Network(GraphConversion conversion, ImportOptions options, string path)
    {
        OnnxGraph graph = conversion.Graph;
        List<string> notes = [];
        TapeWriter writer = conversion.Writer;
        List<ImportedPort> outputs = [];
        HashSet<string> used = [];
        foreach (OnnxValueInfo output in graph.Outputs)
        {
            if (conversion.Known(output.Name) is not TapValue value)
            {
                throw new ImportException(path, [$"The output '{output.Name}' does not depend on an input."]);
            }

            value = writer.Straighten(value);
            if (options.KeepLayout)
            {
                int[] natural = [.. Enumerable.Range(0, value.Rank)];
                value = writer.Arrange(value, value.BatchAxis > 0 ? [value.BatchAxis, .. natural.Where(a => a != value.BatchAxis)] : natural);
            }

            // An output must be a layer's own, under one name.
            string tap = value.Name;
            if (tap.Contains('.', StringComparison.Ordinal) || !used.Add(tap) || conversion.Inputs.Any(i => i.Find("Name")!.Value is TextValue name && name.Value == tap))
            {
                tap = writer.Apply("Identity", [tap], output.Name);
                used.Add(tap);
            }

            outputs.Add(new ImportedPort(output.Name, tap, [.. value.Dims.Select(d => d.IsConstant ? (int)d.Constant : -1)], [.. value.Axes], value.BatchAxis));
            if (IsMoved(value.Axes, value.BatchAxis))
            {
                notes.Add($"The output '{output.Name}' is given as {Order(value.Order, value.BatchAxis)} of the model's axes: {Layout(value.Order)}.");
            }
        }

        (IReadOnlyList<ElementSpec> elements, IReadOnlyList<ImportedTensor> weights) = writer.Finish(conversion.Inputs, [.. outputs.Select(o => o.Tap)]);
        List<ImportedPort> inputs = [];
        foreach (InputPlan plan in conversion.Plans)
        {
            TapValue value = (TapValue)conversion.Known(plan.Info.Name)!;
            if (!elements.Any(e => e.Kind == "Input" && e.Find("Name")!.Value is TextValue name && name.Value == value.Name))
            {
                notes.Add($"The input '{plan.Info.Name}' does not matter to any output and was left out.");
                continue;
            }

            inputs.Add(new ImportedPort(plan.Info.Name, value.Name, [.. value.Dims.Select(d => d.IsConstant ? (int)d.Constant : -1)], [.. value.Axes], value.BatchAxis));
            if (IsMoved(value.Axes, value.BatchAxis))
            {
                notes.Add($"The input '{plan.Info.Name}' is given as {Order(value.Order, value.BatchAxis)} of the model's axes: {Layout(value.Order)}.");
            }
        }

        if (!conversion.HasBatch)
        {
            notes.Add("No axis of the model is a batch: all that the model takes at once is one sample.");
        }

        if (writer.Transposes > 0)
        {
            notes.Add($"{writer.Transposes} transpose{(writer.Transposes == 1 ? " is" : "s are")} left.");
        }

        string name = options.ClassName ?? NetworkSource.Identifier(Path.GetFileNameWithoutExtension(path));
        List<string> remarks = [$"{(graph.Name.Length > 0 ? graph.Name : name)}, imported from {Path.GetFileName(path)} (ONNX, opset {graph.Opset}{(graph.Producer.Length > 0 ? $", written by {graph.Producer}" : "")})", .. notes];
        EquatableArray<ArgumentSpec> network = options.Training ? EquatableArray<ArgumentSpec>.Empty : EquatableArray.Of(new ArgumentSpec("Training", new BooleanValue(false)));
        NetworkSource source = new(options.Namespace, name, elements, remarks) { Options = network };
        return new ImportedNetwork(source, weights, notes) { Inputs = inputs, Outputs = outputs };

        static bool IsMoved(EquatableArray<int> axes, int batch) => !axes.Where(a => a >= 0).SequenceEqual(axes.Where(a => a >= 0).Order());
        static string Layout(IReadOnlyList<int> order) => order.Count switch
        {
            4 when order.SequenceEqual([0, 2, 3, 1]) => "NHWC for NCHW",
            3 when order.SequenceEqual([0, 2, 1]) => "NWC for NCW",
            5 when order.SequenceEqual([0, 2, 3, 4, 1]) => "NDHWC for NCDHW",
            _ => "another order",
        };
        static string Order(IReadOnlyList<int> order, int batch) => $"({string.Join(", ", order)})";
    }
}
