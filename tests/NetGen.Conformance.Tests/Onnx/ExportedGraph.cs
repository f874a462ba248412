using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Generator;
using NetGen.Onnx.Proto;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>A graph as it would be exported, run by ONNX Runtime.</summary>
internal static class ExportedGraph
{
    /// <summary>What ONNX Runtime gives for a graph, or null where the graph holds an op without an ONNX form that no layer needs in inference.</summary>
    public static DoubleTensor[] Run(Graph graph, IReadOnlyDictionary<string, long> sizes, Func<Value, double[]> data)
    {
        byte[] model = Bytes(graph, data);
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(model, options);
        List<NamedOnnxValue> inputs = [.. graph.Inputs.Select(i => NamedOnnxValue.CreateFromTensor(i.Name, new DenseTensor<float>(data(i).Select(x => (float)x).ToArray(), i.Shape.Evaluate(sizes))))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([.. inputs.Where(i => session.InputMetadata.ContainsKey(i.Name))]);
        return [.. results.Select(r => r.AsTensor<float>()).Select(t => new DoubleTensor(t.Dimensions.ToArray(), [.. t.Select(x => (double)x)]))];
    }

    /// <summary>The file that a network of a graph would be exported to.</summary>
    public static byte[] Bytes(Graph graph, Func<Value, double[]> data)
    {
        string text = OnnxLowering.Text(graph) ?? throw new InvalidOperationException("The graph has no ONNX form.");
        ModelProto model = new OnnxGraphReader(text, new Weights([.. graph.Parameters], data), "Exported").Read();
        HashSet<string> read = [.. model.Graph.Output.Select(o => o.Name), .. Read(model.Graph)];
        Assert.All(model.Graph.Initializer, i => Assert.Contains(i.Name, read));
        return model.ToByteArray();

        static IEnumerable<string> Read(GraphProto from) => from.Node.SelectMany(n => n.Input.Concat(n.Attribute.Select(a => a.G).OfType<GraphProto>().SelectMany(Read)));
    }

    /// <summary>The first difference between what ONNX Runtime gives and the graph's evaluation in double, beyond what float32 rounds; or null.</summary>
    public static string? Difference(Graph graph, IReadOnlyDictionary<string, long> sizes, Interpreter interpreter)
    {
        DoubleTensor[] found = Run(graph, sizes, v => interpreter.Get(v).Data);
        for (int i = 0; i < found.Length; i++)
        {
            DoubleTensor expected = interpreter.Get(graph.Outputs[i].Value);
            if (!found[i].Shape.SequenceEqual(expected.Shape))
                return $"the exported model gives the shape ({string.Join(", ", found[i].Shape)}), not ({string.Join(", ", expected.Shape)})";
            double bound = 1e-5 * Math.Max(1, expected.Data.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
            for (int k = 0; k < expected.Data.Length; k++)
            {
                (double y, double x) = (found[i].Data[k], expected.Data[k]);
                if (!(Math.Abs(y - x) <= bound) && !y.Equals((double)(float)x))
                    return FormattableString.Invariant($"the exported model gives {y:R} as element {k}, not {x:R}");
            }
        }

        return null;
    }

    private sealed class Weights(Value[] parameters, Func<Value, double[]> data) : ITensorStore
    {
        public IReadOnlyList<TensorInfo> Tensors { get; } = [.. parameters.Select(p => new TensorInfo(p.Name, p.Shape.Evaluate(new Dictionary<string, long>()), NetGen.ElementType.Float32))];

        public void Read(int index, Span<float> destination)
        {
            double[] values = data(parameters[index]);
            for (int i = 0; i < destination.Length; i++)
                destination[i] = (float)values[i];
        }

        public void Write(int index, ReadOnlySpan<float> source) => throw new NotSupportedException();
    }
}
