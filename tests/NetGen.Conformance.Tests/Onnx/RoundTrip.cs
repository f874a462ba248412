using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>A graph exported to a file, imported from it, and evaluated in double with the imported weights.</summary>
internal static class RoundTrip
{
    /// <summary>The network that an exported graph's file is imported as.</summary>
    public static ImportedNetwork Import(Graph graph, Func<Value, double[]> data)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            File.WriteAllBytes(file, ExportedGraph.Bytes(graph, data));
            return OnnxImporter.Import(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The first difference between an evaluated graph and what its file is imported as, or null. What float32 weights round is allowed.</summary>
    public static string? Difference(Graph graph, Interpreter interpreter)
    {
        ImportedNetwork network;
        try
        {
            network = Import(graph, v => interpreter.Get(v).Data);
        }
        catch (ImportException e)
        {
            return string.Join("; ", e.Problems);
        }

        return Difference(network, graph, interpreter);
    }

    public static string? Difference(ImportedNetwork network, Graph graph, Interpreter interpreter) =>
        Difference(network, name => interpreter.Get(graph.Inputs.Single(i => i.Name == name)), [.. graph.Outputs.Select(o => interpreter.Get(o.Value))]);

    /// <summary>The first difference between an imported network, evaluated in double on some inputs, and what was expected; or null.</summary>
    public static string? Difference(ImportedNetwork network, Func<string, DoubleTensor> inputsByName, IReadOnlyList<DoubleTensor> outputs, double tolerance = 1e-5)
    {
        TapeResult tape = Tape.Build(network.Model, training: false);
        if (tape.Problems.Count > 0)
            return string.Join("; ", tape.Problems.Select(p => p.Message));

        // The batch is what the first axis of an input is; without one all is one sample.
        Dictionary<string, long> sizes = new() { ["n"] = 1 };
        List<(Value Input, double[] Data)> inputs = [];
        foreach (ImportedPort port in network.Inputs)
        {
            Value input = tape.Graph.Inputs.Single(i => i.Name == port.Tap);
            DoubleTensor given = inputsByName(port.Name);
            int[] physical = OnnxComparison.Physical(port.Axes, given.Shape);
            for (int axis = 0; axis < physical.Length; axis++)
            {
                if (!input.Shape[axis].IsConstant)
                    sizes[input.Shape[axis].ToString()] = physical[axis];
            }

            inputs.Add((input, PortLayout.ToTape(given.Data, physical, port.Axes)));
        }

        Interpreter imported = new(sizes);
        foreach ((Value input, double[] data) in inputs)
            imported.Set(input, data);
        Dictionary<string, ImportedTensor> weights = network.Tensors.ToDictionary(t => t.Name);
        foreach (Value parameter in tape.Graph.Parameters)
            imported.Set(parameter, Array.ConvertAll(weights[parameter.Name].Read(), x => (double)x));
        imported.Run(tape.Graph);
        for (int i = 0; i < outputs.Count; i++)
        {
            DoubleTensor expected = outputs[i], found = imported.Get(tape.Graph.Outputs[i].Value);
            if (expected.Data.Length != found.Data.Length)
                return $"the imported network gives ({string.Join(", ", found.Shape)}) for ({string.Join(", ", expected.Shape)})";
            double[] data = PortLayout.ToModel(found.Data, found.Shape, network.Outputs[i].Axes);
            double bound = tolerance * Math.Max(1, expected.Data.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
            for (int k = 0; k < data.Length; k++)
            {
                if (!(Math.Abs(data[k] - expected.Data[k]) <= bound) && !data[k].Equals(expected.Data[k]) && !data[k].Equals((double)(float)expected.Data[k]))
                    return FormattableString.Invariant($"the imported network gives {data[k]:R} as element {k}, not {expected.Data[k]:R}");
            }
        }

        return null;
    }
}
