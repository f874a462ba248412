using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;
using AttributeType = NetGen.Onnx.Proto.AttributeProto.Types.AttributeType;
using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>A model built node by node, as exporters build theirs, to be run by ONNX Runtime and imported.</summary>
internal sealed class HandBuilt
{
    private readonly ModelProto _model;
    private readonly string? _batch;
    private readonly Random _random = new(5);
    private readonly List<(string Name, long[] Shape, float[] Data)> _inputs = [];

    /// <param name="opset">The version of the operators.</param>
    /// <param name="batch">The name of the number of samples; null where the model is for the number that its inputs have.</param>
    public HandBuilt(int opset, string? batch = "n")
    {
        _model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "hand" }, OpsetImport = { new OperatorSetIdProto { Version = opset } } };
        Opset = opset;
        _batch = batch;
    }

    public int Opset { get; }

    /// <summary>An input whose first axis is the batch, with random numbers.</summary>
    public string Input(string name, params long[] shape)
    {
        _model.Graph.Input.Add(Described(name, shape, DataType.Float));
        _inputs.Add((name, shape, Numbers(shape)));
        return name;
    }

    /// <summary>Numbers of a constant node, as exporters write them before the node that takes them.</summary>
    public string Constant(params double[] values) => Constant(values.Length == 1 ? [] : [values.Length], values);

    public string Constant(long[] shape, params double[] values)
    {
        TensorProto tensor = new() { DataType = (int)DataType.Float, Dims = { shape } };
        tensor.FloatData.Add(values.Select(v => (float)v));
        string name = Node("Constant", []);
        _model.Graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = tensor });
        return name;
    }

    public string Integers(params long[] values)
    {
        TensorProto tensor = new() { DataType = (int)DataType.Int64, Dims = { values.Length } };
        tensor.Int64Data.Add(values);
        string name = Node("Constant", []);
        _model.Graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = tensor });
        return name;
    }

    /// <summary>A weight with random numbers.</summary>
    public string Weight(string name, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float, Dims = { shape } };
        tensor.FloatData.Add(Numbers(shape));
        _model.Graph.Initializer.Add(tensor);
        return name;
    }

    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes) => Nodes(op, inputs, 1, attributes)[0];

    public string[] Nodes(string op, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        NodeProto node = new() { OpType = op, Name = $"{op}_{_model.Graph.Node.Count}", Input = { inputs } };
        node.Output.Add(node.Name);
        node.Output.Add(Enumerable.Range(1, outputs - 1).Select(i => $"{node.Name}.{i}"));
        node.Attribute.Add(attributes.Select(a => a.Value switch
        {
            long[] values => new AttributeProto { Name = a.Name, Type = AttributeType.Ints, Ints = { values } },
            double value => new AttributeProto { Name = a.Name, Type = AttributeType.Float, F = (float)value },
            string value => new AttributeProto { Name = a.Name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) },
            _ => new AttributeProto { Name = a.Name, Type = AttributeType.Int, I = Convert.ToInt64(a.Value, System.Globalization.CultureInfo.InvariantCulture) },
        }));
        _model.Graph.Node.Add(node);
        return [.. node.Output];
    }

    public void Output(string name, params long[] shape) => Output(name, DataType.Float, shape);

    public void Output(string name, DataType type, params long[] shape) => _model.Graph.Output.Add(Described(name, shape, type));

    /// <summary>Imports the model and compares its evaluation in double with what ONNX Runtime gives.</summary>
    public ImportedNetwork Check(double tolerance = 1e-5)
    {
        byte[] bytes = _model.ToByteArray();
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(bytes, options);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([.. _inputs.Select(i => NamedOnnxValue.CreateFromTensor(i.Name, new DenseTensor<float>(i.Data, [.. i.Shape.Select(d => (int)d)])))]);

        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".onnx");
        ImportedNetwork network;
        try
        {
            File.WriteAllBytes(file, bytes);
            network = OnnxImporter.Import(file);
        }
        finally
        {
            File.Delete(file);
        }

        Dictionary<string, DoubleTensor> given = _inputs.ToDictionary(i => i.Name, i => new DoubleTensor([.. i.Shape.Select(d => (int)d)], [.. i.Data.Select(x => (double)x)]));
        DoubleTensor[] expected = [.. results.Select(r => Read(r)).Select(t => new DoubleTensor(t.Shape, t.Data))];
        Assert.Null(RoundTrip.Difference(network, name => given[name], expected, tolerance));
        return network;
    }

    private static (int[] Shape, double[] Data) Read(DisposableNamedOnnxValue value) => value.ElementType == TensorElementType.Int64
        ? (value.AsTensor<long>().Dimensions.ToArray(), [.. value.AsTensor<long>().Select(x => (double)x)])
        : (value.AsTensor<float>().Dimensions.ToArray(), [.. value.AsTensor<float>().Select(x => (double)x)]);

    private float[] Numbers(long[] shape) => [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)((4 * _random.NextDouble()) - 2))];

    private ValueInfoProto Described(string name, long[] shape, DataType type)
    {
        TensorShapeProto dims = new();
        for (int i = 0; i < shape.Length; i++)
            dims.Dim.Add(i == 0 && _batch is not null ? new TensorShapeProto.Types.Dimension { DimParam = _batch } : new TensorShapeProto.Types.Dimension { DimValue = shape[i] });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dims } } };
    }
}
