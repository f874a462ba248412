using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>What is exported and imported again gives the same numbers, evaluated in double with the imported weights.</summary>
public sealed class RoundTripTests
{
    private static readonly Dictionary<string, (string Kind, (string Name, ArgumentValue Value)[] Arguments)[]> s_tapes = new()
    {
        ["convolutions"] =
        [
            ("Input", [("Shape", Of(9, 8, 3))]), ("Conv2D", [("Filters", Of(4)), ("KernelSize", Of(3)), ("Padding", new EnumValue("Padding", "Same"))]), ("BatchNormalization", []), ("ReLU", []),
            ("DepthwiseConv2D", [("KernelSize", Of(3)), ("Strides", Of(2))]), ("MaxPooling2D", []), ("Flatten", []), ("Dense", [("Units", Of(5)), ("Activation", new EnumValue("Activation", "Softmax"))]),
        ],
        ["a global mean"] = [("Input", [("Shape", Of(6, 5, 2))]), ("Conv2D", [("Filters", Of(7)), ("KernelSize", Of(2)), ("Activation", new EnumValue("Activation", "Tanh"))]), ("GlobalAveragePooling2D", []), ("Dense", [("Units", Of(3))])],
        ["a recurrence"] = [("Input", [("Shape", Of(-1, 3))]), ("LSTM", [("Units", Of(4)), ("ReturnSequences", new BooleanValue(true))]), ("GRU", [("Units", Of(5))]), ("Dense", [("Units", Of(2)), ("Activation", new EnumValue("Activation", "Sigmoid"))])],
        ["numbers"] = [("Input", [("Shape", Of(7))]), ("Dense", [("Units", Of(6)), ("Activation", new EnumValue("Activation", "ReLU"))]), ("LayerNormalization", []), ("Dense", [("Units", Of(2))])],
    };

    public static TheoryData<string> Names => [.. s_tapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_numbers(string name)
    {
        ModelSpec model = new(
            new TypeSpec("", EquatableArray<string>.Empty, "Network", "public", false),
            EquatableArray<ArgumentSpec>.Empty,
            s_tapes[name].Select((l, i) => (ElementSpec)new LayerSpec(l.Kind, l.Arguments.Select(a => new ArgumentSpec(a.Name, a.Value)).ToEquatableArray(), i)).ToEquatableArray());
        Random random = new(2);
        double[] Numbers(Value value, double least) => [.. Enumerable.Range(0, DoubleTensor.CountOf(value.Shape.Evaluate(s_sizes))).Select(_ => (double)(float)(least + random.NextDouble()))];
        Graph graph = Tape.Build(model, training: false).Graph;
        Dictionary<string, double[]> weights = graph.Parameters.ToDictionary(p => p.Name, p => Numbers(p, p.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.5 : -0.5));
        double[] x = Numbers(graph.Inputs.Single(), -0.5);
        DoubleTensor expected = Evaluate(graph, x, weights);

        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        try
        {
            File.WriteAllBytes(file, ExportedGraph.Bytes(graph, p => weights[p.Name]));
            ImportedNetwork network = OnnxImporter.Import(file);
            Assert.Equal(Enumerable.Range(0, network.Inputs[0].Axes.Count), network.Inputs[0].Axes);
            Assert.DoesNotContain("Permute", network.Source, StringComparison.Ordinal);
            Dictionary<string, double[]> imported = network.Tensors.ToDictionary(t => t.Name, t => Array.ConvertAll(t.Read(), v => (double)v));
            TapeResult tape = Tape.Build(network.Model, training: false);
            Assert.Empty(tape.Problems);
            DoubleTensor found = Evaluate(tape.Graph, x, imported);
            Assert.Equal(expected.Shape, found.Shape);
            Assert.All(expected.Data.Zip(found.Data), p => Assert.InRange(p.Second, p.First - 1e-5, p.First + 1e-5));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static readonly Dictionary<string, long> s_sizes = new() { ["n"] = 2, ["t"] = 5 };

    private static DoubleTensor Evaluate(Graph graph, double[] x, Dictionary<string, double[]> weights)
    {
        Interpreter interpreter = new(s_sizes);
        interpreter.Set(graph.Inputs.Single(), x);
        foreach (Value parameter in graph.Parameters)
            interpreter.Set(parameter, weights[parameter.Name]);
        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs.Single().Value);
    }

    private static ArgumentValue Of(params long[] values) => values.Length == 1 ? new IntegerValue(values[0]) : new ArrayValue(values.Select(v => (ArgumentValue)new IntegerValue(v)).ToEquatableArray());
}
