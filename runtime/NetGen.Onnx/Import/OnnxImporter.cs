using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen;

/// <summary>Turns ONNX models into annotated partial classes.</summary>
public static class OnnxImporter
{
    /// <summary>Imports a model.</summary>
    /// <param name="path">The file; external data must lie in its folder.</param>
    /// <param name="options">How; what fits most models unless given.</param>
    /// <exception cref="ImportException">The model cannot be imported; everything that stands in the way is listed.</exception>
    /// <exception cref="ModelFileException">The file is damaged or no ONNX model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The name of the class or the namespace is none of C#.</exception>
    public static ImportedNetwork Import(string path, OnnxImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxImportOptions();
        NetworkSource.Check(options.Namespace, options.ClassName);
        GraphConversion conversion = Convert(OnnxFile.Read(path), options, path);
        try
        {
            return Network(conversion, options, path);
        }
        catch (Exception e) when (e is ConversionException or BatchException)
        {
            throw new ImportException(path, [e.Message]);
        }
    }

    /// <summary>The conversion with a batch where that is possible.</summary>
    internal static GraphConversion Convert(OnnxGraph graph, OnnxImportOptions options, string path)
    {
        if (options.Stream)
        {
            graph = SequenceRewrite.Of(graph, path);
        }

        graph = graph with { Nodes = [.. Decompositions.Expand(graph.Nodes, graph.Opset)] };
        (GraphConversion? batched, string? mixing) = options.Batch == OnnxImportBatch.None ? (null, null) : Attempt(graph, options, hasBatch: true);
        bool isBatch = batched is not null && (batched.FitsBatch || options.Batch == OnnxImportBatch.First);
        if (isBatch && batched!.Problems.Count == 0)
        {
            return batched;
        }

        if (options.Batch == OnnxImportBatch.First)
        {
            throw new ImportException(path, batched?.Problems ?? [$"The model has no batch whose samples all of it keeps apart: {mixing}"]);
        }

        // Some operator mixes what would be samples, or the sizes differ: all that a call gives is one.
        (GraphConversion? whole, string? left) = Attempt(graph, options, hasBatch: false);
        return whole is { Problems.Count: 0 } ? whole
            : throw new ImportException(path, isBatch ? batched!.Problems : whole?.Problems ?? [left!]);
    }

    private static (GraphConversion? Conversion, string? Mixing) Attempt(OnnxGraph graph, OnnxImportOptions options, bool hasBatch)
    {
        try
        {
            return (new GraphConversion(graph, options, hasBatch), null);
        }
        catch (BatchException e)
        {
            return (null, e.Message);
        }
    }

    private static ImportedNetwork Network(GraphConversion conversion, OnnxImportOptions options, string path)
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

            if (value.Dims.Any(d => d.Scale > int.MaxValue))
            {
                throw new ImportException(path, [$"The output '{output.Name}' has more than {int.MaxValue} elements."]);
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

        string name = options.ClassName ?? NetworkSource.Identifier(Path.GetFileNameWithoutExtension(path));
        NetworkSource source = new(options.Namespace, name, elements, []) { Options = NetworkSource.TrainingOptions(options.Training) };
        if (source.Transposes > 0)
        {
            notes.Add($"{source.Transposes} transpose{(source.Transposes == 1 ? " is" : "s are")} left.");
        }

        List<string> remarks = [$"{(graph.Name.Length > 0 ? graph.Name : name)}, imported from {Path.GetFileName(path)} (ONNX, opset {graph.Opset}{(graph.Producer.Length > 0 ? $", written by {graph.Producer}" : "")})", .. notes];
        return new ImportedNetwork(source with { Remarks = remarks }, weights, notes) { Inputs = inputs, Outputs = outputs };

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
