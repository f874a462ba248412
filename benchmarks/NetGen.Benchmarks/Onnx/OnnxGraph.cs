using System.Runtime.InteropServices;
using Google.Protobuf;
using NetGen.Onnx.Proto;

namespace NetGen.Benchmarks.Onnx;

/// <summary>Builds an ONNX model node by node. Every shape is a constant, the batch too, so that the runtime plans its memory once.</summary>
internal sealed class OnnxGraph
{
    /// <summary>IR version 8 and operator set 17 belong together and are read by every ONNX Runtime since 1.12.</summary>
    private const int IrVersion = 8, OpsetVersion = 17;

    /// <summary>ONNX Runtime's own operators, among them those that its optimizer fuses transformers into.</summary>
    private const string ContribDomain = "com.microsoft";

    private readonly GraphProto graph;
    private readonly HashSet<string> initializers = [];

    private readonly List<ValueInfoProto> states = [];

    private OnnxGraph(string name, long batch)
    {
        graph = new GraphProto { Name = name };
        Batch = batch;
    }

    /// <summary>Samples of a call.</summary>
    public long Batch { get; }

    /// <summary>The model of <paramref name="setup"/>'s workload, with its weights and its batch, as the bytes of an .onnx file.</summary>
    public static byte[] Write(Setup setup) => Write(setup.Workload.Name, setup.Batch, graph =>
    {
        foreach (var (input, shape) in setup.Workload.Inputs.Zip(setup.PeerInputShapes)) graph.Given(input.Name, shape);
        Dictionary<Layer, string> values = [];
        foreach (var layer in setup.Workload.Layers)
            values.Add(layer, layer.AddTo(graph, [.. layer.Inputs.Select(input => values[input])], setup.Weights));
        graph.Result(values[setup.Workload.Output], setup.PeerOutputShape);
        graph.graph.Output.AddRange(graph.states);
    });

    /// <summary>The model that <paramref name="add"/> makes.</summary>
    public static byte[] Write(string name, long batch, Action<OnnxGraph> add)
    {
        var builder = new OnnxGraph(name, batch);
        add(builder);
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "NetGen.Benchmarks", Graph = builder.graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = ContribDomain, Version = 1 });
        return model.ToByteArray();
    }

    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Integers(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values) attribute.Ints.Add(value);
        return attribute;
    }

    /// <summary>Adds an input of numbers and returns its name.</summary>
    public string Given(string name, long[] shape) => AddInput(Value(name, shape));

    /// <summary>Adds an input of tokens and returns its name.</summary>
    public string Tokens(string name, long[] shape) => AddInput(Value(name, shape, TensorProto.Types.DataType.Int64));

    /// <summary>Makes a value an output of the model.</summary>
    public void Result(string name, long[] shape) => graph.Output.Add(Value(name, shape));

    /// <summary>Makes a value of tokens an output of the model.</summary>
    public void TokenResult(string name, long[] shape) => graph.Output.Add(Value(name, shape, TensorProto.Types.DataType.Int64));

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Node(string opType, string name, AttributeProto[] attributes, params ReadOnlySpan<string> inputs) => Add("", opType, name, attributes, inputs, []);

    /// <summary>Adds a node with named outputs, of which an empty one is not computed.</summary>
    public void Node(string opType, string name, AttributeProto[] attributes, string[] outputs, string[] inputs)
    {
        var node = new NodeProto { OpType = opType, Name = name };
        node.Attribute.AddRange(attributes);
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        graph.Node.Add(node);
    }

    /// <summary>Adds a node of which only the second output is computed, and returns that one's name.</summary>
    public string SecondOutput(string opType, string name, AttributeProto[] attributes, params ReadOnlySpan<string> inputs) => Add("", opType, name, attributes, inputs, [""]);

    /// <summary>
    /// Adds a recurrent node that takes its states as inputs of the model, behind the others, and gives them as outputs, in the same order; returns the first state behind the step.
    /// </summary>
    public string Recurrent(string opType, string name, AttributeProto[] attributes, string[] inputs, params ReadOnlySpan<string> stateNames)
    {
        // Lengths of sequences would stand between; outputs of all steps would be the first.
        List<string> before = [.. inputs, ""], after = [""];
        long[] shape = [1, Batch, attributes.First(a => a.Name == "hidden_size").I];
        foreach (var state in stateNames)
        {
            before.Add($"{name}:{state}:before");
            after.Add($"{name}:{state}:after");
            graph.Input.Add(Value(before[^1], shape));
            states.Add(Value(after[^1], shape));
        }
        Node(opType, name, attributes, [.. after], [.. before]);
        return after[1];
    }

    /// <summary>Adds a node of an operator of ONNX Runtime's own.</summary>
    public string ContribNode(string opType, string name, AttributeProto[] attributes, params ReadOnlySpan<string> inputs) => Add(ContribDomain, opType, name, attributes, inputs, []);

    /// <summary>Adds a weight as an initializer under its own name, unless it is there, and returns the name.</summary>
    public string Initializer(Weight weight)
    {
        if (!initializers.Add(weight.Name)) return weight.Name;
        var tensor = new TensorProto
        {
            Name = weight.Name,
            DataType = (int)TensorProto.Types.DataType.Float,
            // raw_data is little-endian, as is linux-x64.
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(weight.Values)),
        };
        tensor.Dims.AddRange(weight.Shape.Select(d => (long)d));
        graph.Initializer.Add(tensor);
        return weight.Name;
    }

    /// <summary>Adds a list of integers, as some operators take their shapes, and returns the name.</summary>
    public string Initializer(string name, long[] values)
    {
        if (!initializers.Add(name)) throw new ArgumentException($"there is an initializer {name} already", nameof(name));
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            Dims = { values.Length },
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values)),
        });
        return name;
    }

    private string Add(string domain, string opType, string name, AttributeProto[] attributes, ReadOnlySpan<string> inputs, string[] unusedOutputs)
    {
        var node = new NodeProto { OpType = opType, Name = name, Domain = domain };
        node.Attribute.AddRange(attributes);
        foreach (var input in inputs) node.Input.Add(input);
        node.Output.AddRange([.. unusedOutputs, name + ":0"]);
        graph.Node.Add(node);
        return node.Output[^1];
    }

    private string AddInput(ValueInfoProto input)
    {
        graph.Input.Add(input);
        return input.Name;
    }

    private static ValueInfoProto Value(string name, long[] dimensions, TensorProto.Types.DataType type = TensorProto.Types.DataType.Float)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(dimensions.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
