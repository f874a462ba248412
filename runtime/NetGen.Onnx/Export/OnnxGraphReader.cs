using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NetGen.Onnx.Proto;

namespace NetGen;

/// <summary>
/// Makes a model of the text that the compiler wrote of a graph: lines of <c>input</c>, <c>weight</c>, <c>constant</c>, <c>node</c> (with a body between <c>body</c> and <c>end</c>) and
/// <c>output</c>. The text comes from the compiler of the same version, so that it is taken as right.
/// </summary>
internal sealed class OnnxGraphReader(string text, ITensorStore weights, string name)
{
    /// <summary>Of opset 17.</summary>
    private const long IrVersion = 8;
    private const long Opset = 17;

    private readonly string[] lines = text.Split('\n');
    private readonly Dictionary<string, int> positions = weights.Tensors.Select((t, i) => (t.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
    private int line;

    public ModelProto Read()
    {
        GraphProto graph = new() { Name = name };
        this.ReadGraph(graph, graph);
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "NetGen",
            ProducerVersion = typeof(OnnxGraphReader).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        };
    }

    private void ReadGraph(GraphProto graph, GraphProto outermost)
    {
        while (this.line < this.lines.Length)
        {
            OnnxLine words = new(this.lines[this.line++]);
            switch (words.Word())
            {
                case "input":
                    graph.Input.Add(Described(words, words.Name()));
                    break;
                case "output":
                    string output = words.Name(), value = words.Name();
                    if (output != value && !TryRename(graph, value, output))
                    {
                        graph.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { value }, Output = { output } });
                    }

                    graph.Output.Add(Described(words, output));
                    break;
                case "weight":
                    outermost.Initializer.Add(this.Weight(words.Name(), words));
                    break;
                case "constant":
                    outermost.Initializer.Add(Constant(words.Name(), words));
                    break;
                case "node":
                    graph.Node.Add(this.Node(words, outermost));
                    break;
                case "end":
                    return;
                default:
                    break;
            }
        }
    }

    /// <summary>Gives what a node makes the output's name, unless it is another output already.</summary>
    private static bool TryRename(GraphProto graph, string value, string output)
    {
        if (graph.Output.Any(o => o.Name == value) || !graph.Node.Any(n => n.Output.Contains(value)))
        {
            return false;
        }

        foreach (NodeProto node in graph.Node)
        {
            Rename(node.Input, value, output);
            Rename(node.Output, value, output);
            foreach (GraphProto body in node.Attribute.Select(a => a.G).OfType<GraphProto>())
            {
                foreach (NodeProto inner in body.Node)
                {
                    Rename(inner.Input, value, output);
                }
            }
        }

        return true;
    }

    private static void Rename(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            names[i] = names[i] == from ? to : names[i];
        }
    }

    private NodeProto Node(OnnxLine words, GraphProto outermost)
    {
        string scope = words.Name();
        NodeProto node = new() { OpType = words.Word() };
        node.Input.AddRange(words.Names());
        node.Output.AddRange(words.Names());
        node.Name = node.Output.Count > 0 ? node.Output[0] : scope;
        while (words.Word() is { Length: > 0 } attribute)
        {
            node.Attribute.Add(Attribute(attribute));
        }

        if (this.line < this.lines.Length && this.lines[this.line] == "body")
        {
            this.line++;
            GraphProto body = new() { Name = node.Name };
            this.ReadGraph(body, outermost);
            node.Attribute.Add(new AttributeProto { Name = "body", Type = AttributeProto.Types.AttributeType.Graph, G = body });
        }

        return node;
    }

    /// <summary><c>name=</c> and a letter for the type, small for one value and large for a list.</summary>
    private static AttributeProto Attribute(string text)
    {
        int equals = text.IndexOf('=');
        AttributeProto attribute = new() { Name = text[..equals] };
        string value = text[(equals + 2)..];
        string[] values = value.Length == 0 ? [] : value.Split(',');
        switch (text[equals + 1])
        {
            case 'i':
                (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, long.Parse(value, CultureInfo.InvariantCulture));
                break;
            case 'f':
                (attribute.Type, attribute.F) = (AttributeProto.Types.AttributeType.Float, Float(value));
                break;
            case 's':
                (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(value));
                break;
            case 'I':
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(values.Select(v => long.Parse(v, CultureInfo.InvariantCulture)));
                break;
            case 'F':
                attribute.Type = AttributeProto.Types.AttributeType.Floats;
                attribute.Floats.AddRange(values.Select(Float));
                break;
            default:
                attribute.Type = AttributeProto.Types.AttributeType.Strings;
                attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
                break;
        }

        return attribute;
    }

    private TensorProto Weight(string tensor, OnnxLine words)
    {
        int position = this.positions[words.Name()];
        TensorInfo info = weights.Tensors[position];
        float[] values = new float[info.Size];
        weights.Read(position, values);
        WeightSteps steps = new([.. info.Shape.ToArray().Select(d => (long)d)], values);
        while (words.Word() is { Length: > 0 } step)
        {
            steps.Apply(step, words);
        }

        return Tensor(tensor, TensorProto.Types.DataType.Float, steps.Shape, MemoryMarshal.AsBytes(steps.Values.AsSpan()));
    }

    private static TensorProto Constant(string tensor, OnnxLine words)
    {
        string type = words.Word();
        long[] shape = [.. words.Numbers()];
        string[] values = [.. words.Rest()];
        return type == "int64"
            ? Tensor(tensor, TensorProto.Types.DataType.Int64, shape, MemoryMarshal.AsBytes<long>(values.Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray()))
            : Tensor(tensor, TensorProto.Types.DataType.Float, shape, MemoryMarshal.AsBytes<float>(values.Select(Float).ToArray()));
    }

    private static TensorProto Tensor(string name, TensorProto.Types.DataType type, IEnumerable<long> shape, ReadOnlySpan<byte> data) =>
        new() { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(data) };

    private static ValueInfoProto Described(OnnxLine words, string name)
    {
        words.Word();
        TensorShapeProto shape = new();
        while (words.More)
        {
            string size = words.Name();
            shape.Dim.Add(long.TryParse(size, CultureInfo.InvariantCulture, out long constant)
                ? new TensorShapeProto.Types.Dimension { DimValue = constant }
                : new TensorShapeProto.Types.Dimension { DimParam = size });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } } };
    }

    private static float Float(string text) => text switch
    {
        "inf" => float.PositiveInfinity,
        "-inf" => float.NegativeInfinity,
        "nan" => float.NaN,
        _ => float.Parse(text, CultureInfo.InvariantCulture),
    };
}
