using Google.Protobuf;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;
using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>A model with inputs and outputs that another implementation computed: a folder of <c>model.onnx</c> and <c>test_data_set_k</c>.</summary>
internal sealed class OnnxCase
{
    private OnnxCase(string folder, string modelFile, OnnxGraph graph, IReadOnlyList<OnnxDataSet> sets)
    {
        Folder = folder;
        ModelFile = modelFile;
        Graph = graph;
        Sets = sets;
    }

    public string Folder { get; }

    public string ModelFile { get; }

    public OnnxGraph Graph { get; }

    public IReadOnlyList<OnnxDataSet> Sets { get; }

    public string Name => Path.GetFileName(Folder);

    /// <summary>Inputs that an exporter would have written as initializers: weights, sizes, axes. They are bound to the first set's values.</summary>
    public IReadOnlyList<string> Bound
    {
        get
        {
            HashSet<string> names = [.. Graph.Nodes.SelectMany(n => (OpTable.Find(n.OpType)?.Constants ?? []).Where(i => i < n.Input.Count).Select(i => n.Input[i]))];
            foreach (NodeProto node in Graph.Nodes.Reverse().Where(n => n.OpType is not ("Shape" or "Size") && n.Output.Any(names.Contains)))
                names.UnionWith(node.Input);
            return Sets.Count == 0 ? [] : [.. Graph.Inputs.Select(i => i.Name).Where(names.Contains)];
        }
    }

    /// <exception cref="ImportException">The model is not as ONNX says.</exception>
    public static OnnxCase Read(string folder)
    {
        string file = Path.Combine(folder, "model.onnx");
        OnnxGraph graph = OnnxFile.Read(file);
        return new OnnxCase(folder, file, graph, [.. Directory.EnumerateDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal).Select(d => new OnnxDataSet(Tensors(d, "input", graph.Inputs), Tensors(d, "output", graph.Outputs)))]);
    }

    public OnnxImportOptions Options(string className, bool training = false, OnnxImportBatch batch = OnnxImportBatch.Auto, bool keepLayout = false) => new()
    {
        ClassName = className,
        Training = training,
        Batch = batch,
        KeepLayout = keepLayout,
        Constants = Bound.ToDictionary(n => n, n => Sets[0].Inputs[Graph.Inputs.ToList().FindIndex(i => i.Name == n)] is var t ? new ImportedConstant(t.Shape, t.ReadDoubles()) : null!),
    };

    public static OnnxTensor Tensor(string file, DataType declared = DataType.Undefined)
    {
        try
        {
            TensorProto proto = TensorProto.Parser.ParseFrom(File.ReadAllBytes(file));
            // NumPy, which wrote the files, has no such type: they hold its bits.
            if (declared == DataType.Bfloat16 && proto.DataType == (int)DataType.Uint16)
                proto.DataType = (int)declared;
            return OnnxTensor.Check(proto, null, Path.GetFileName(file));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new NotSupportedException($"{Path.GetFileName(file)} is no tensor", e);
        }
        catch (FormatException e)
        {
            throw new NotSupportedException(e.Message, e);
        }
    }

    private static IReadOnlyList<OnnxTensor> Tensors(string folder, string kind, IReadOnlyList<OnnxValueInfo> declared) =>
        [.. Enumerable.Range(0, 100).Select(i => Path.Combine(folder, $"{kind}_{i}.pb")).TakeWhile(File.Exists).Select((f, i) => Tensor(f, i < declared.Count ? declared[i].Type : DataType.Undefined))];
}

/// <summary>What goes in, and what comes out.</summary>
internal sealed record OnnxDataSet(IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs);
