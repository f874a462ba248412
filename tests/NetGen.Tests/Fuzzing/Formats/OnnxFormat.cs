using Google.Protobuf;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;
using NetGen.Tests.Training;
using static NetGen.Onnx.Proto.TensorProto.Types;

namespace NetGen.Tests.Fuzzing;

/// <summary>ONNX models: what they say is changed in files that stay whole (sizes, attributes, inputs, versions), or bytes are.</summary>
internal sealed class OnnxFormat : FuzzFormat
{
    private static readonly long[] Numbers = [0, -1, 1, 2, 3, 7, int.MinValue, int.MaxValue, 1L << 40, long.MinValue, long.MaxValue];

    public override string Name => "ONNX";

    public override string Extension => ".onnx";

    public override int ShortRun => 3000;

    public override long MostBytes => 1L << 30;

    public override byte[][] Words { get; } = [.. new[] { "Conv", "Gemm", "Reshape", "LSTM", "Concat", "ai.onnx", "weights.bin", "../", "location" }.Select(w => w.Select(c => (byte)c).ToArray()), [0x08], [0x0A], [0x12], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]];

    /// <summary>Networks of the tests, and where they are, ONNX's own node cases and a trained model.</summary>
    public override byte[][] Corpus()
    {
        using TemporaryFolder folder = new();
        new Filtered(seed: 3).ExportOnnx(folder["maps.onnx"]);
        new Deep(seed: 4).ExportOnnx(folder["dense.onnx"]);
        new TwoHeads(seed: 5).ExportOnnx(folder["heads.onnx"]);
        new Tagger(seed: 6).ExportOnnx(folder["steps.onnx"]);
        new Attending(seed: 6).ExportOnnx(folder["attention.onnx"]);
        string cases = Environment.GetEnvironmentVariable("NETGEN_ONNX_TESTDATA") ?? "/usr/share/libonnx-testdata/data";
        string[] nodes = Directory.Exists(Path.Combine(cases, "node")) ? Directory.GetFiles(Path.Combine(cases, "node"), "model.onnx", SearchOption.AllDirectories) : [];
        string trained = Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", "onnx-real", "mnist-cntk", "model.onnx");
        return [.. Directory.GetFiles(folder.FullName).Concat(nodes).Append(trained).Where(CanImport).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }

    public override byte[] Damage(byte[] file, Mutator mutator)
    {
        if (mutator.Random.Next(2) == 0 || Parse(file) is not { Graph.Node.Count: > 0 } model) return base.Damage(file, mutator);
        for (int changes = mutator.Random.Next(1, 4); changes > 0; changes--) Change(model, mutator.Random);
        return model.ToByteArray();
    }

    public override Func<string, int, string> CreateReader() => (path, number) =>
    {
        ImportedNetwork network = OnnxImporter.Import(path, new OnnxImportOptions { Batch = (OnnxImportBatch)(number % 3), KeepLayout = number % 5 == 4 });
        network.SaveWeights(path + ".safetensors");
        return $"{network.Source.Split('\n').Length} lines";
    };

    public override bool IsRefusal(Exception exception, string path) => base.IsRefusal(exception, path) || (exception is ImportException && exception.Message.Contains(path, StringComparison.Ordinal));

    private static bool CanImport(string path)
    {
        try
        {
            return File.Exists(path) && OnnxImporter.Import(path).Source.Length > 0;
        }
        catch (Exception exception) when (exception is ImportException or ModelFileException)
        {
            return false;
        }
    }

    private static ModelProto? Parse(byte[] file)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(file);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void Change(ModelProto model, Random random)
    {
        long number = Numbers[random.Next(Numbers.Length)];
        NodeProto node = Any(model.Graph.Node, random)!;
        switch (random.Next(9))
        {
            case 0 when Any(node.Attribute, random) is { } attribute:
                if (attribute.Ints.Count > 0) attribute.Ints[random.Next(attribute.Ints.Count)] = number;
                else attribute.I = number;
                break;
            case 1 when Any(node.Attribute, random) is { } attribute:
                attribute.Ints.Add(number);
                attribute.F = float.NaN;
                break;
            case 2 when Any(node.Attribute, random) is { } attribute:
                node.Attribute.Remove(attribute);
                break;
            case 3 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = random.Next(3) switch { 0 => "", 1 => Any(model.Graph.Input, random)?.Name ?? "", _ => Any(model.Graph.Node, random)!.Output.FirstOrDefault() ?? "" };
                break;
            case 4 when Shape(model, random) is { } shape:
                shape.Dim.Insert(random.Next(shape.Dim.Count + 1), new TensorShapeProto.Types.Dimension { DimValue = random.Next(2) == 0 ? number : 3 });
                break;
            case 5 when Shape(model, random) is { Dim.Count: > 0 } shape:
                shape.Dim.RemoveAt(random.Next(shape.Dim.Count));
                break;
            case 6 when model.OpsetImport.Count > 0:
                model.OpsetImport[0].Version = random.Next(6, 26);
                break;
            case 7 when model.Graph.Input.Count > 1 && model.Graph.Input[random.Next(1, model.Graph.Input.Count)] is { Type.TensorType: { } type } input && (DataType)type.ElemType is DataType.Float or DataType.Int64:
                // What is an input of the node cases is a constant of most models.
                model.Graph.Initializer.Add(Constant(input.Name, (DataType)type.ElemType, [.. (type.Shape?.Dim ?? []).Select(d => Math.Clamp(d.DimValue, 1, 9)).Take(5)], random));
                break;
            case 8 when Any(model.Graph.Initializer, random) is { } tensor:
                if (tensor.Dims.Count > 0 && random.Next(2) == 0) tensor.Dims[random.Next(tensor.Dims.Count)] = number;
                else tensor.DataType = random.Next(0, 20);
                break;
        }
    }

    private static TensorShapeProto? Shape(ModelProto model, Random random) => Any(model.Graph.Input, random)?.Type?.TensorType?.Shape;

    private static TensorProto Constant(string name, DataType type, long[] dims, Random random)
    {
        if (dims.Length == 0) dims = [random.Next(1, 9)];
        TensorProto tensor = new() { Name = name, DataType = (int)type };
        tensor.Dims.Add(dims);
        for (long i = dims.Aggregate(1L, (a, b) => a * b); i > 0; i--)
        {
            if (type == DataType.Float) tensor.FloatData.Add(random.Next(-1, 4));
            else tensor.Int64Data.Add(random.Next(-1, 4));
        }

        return tensor;
    }

    private static T? Any<T>(IList<T> list, Random random)
        where T : class => list.Count == 0 ? null : list[random.Next(list.Count)];
}
