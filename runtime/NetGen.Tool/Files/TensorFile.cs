using NetGen.Keras;
using NetGen.Onnx;

namespace NetGen.Tool;

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Type">Its element type in the file's words.</param>
/// <param name="Read">Reads the elements as float32, row-major.</param>
internal sealed record NamedTensor(string Name, int[] Shape, string Type, Func<float[]> Read)
{
    public long Count => this.Shape.Aggregate(1L, (a, b) => a * b);
}

/// <summary>The tensors of a file of any supported form. The content tells which, not the name.</summary>
internal sealed class TensorFile : IDisposable
{
    private readonly IDisposable? source;

    private TensorFile(string fileName, string form, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata, IDisposable? source)
    {
        this.FileName = fileName;
        this.Form = form;
        this.Tensors = tensors;
        this.Metadata = metadata;
        this.source = source;
    }

    public string FileName { get; }

    /// <summary>The form of the file, for people.</summary>
    public string Form { get; }

    public IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>What else the file says.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="ModelFileException">The file is damaged, or of none of the forms.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TensorFile Open(string path)
    {
        if (IsKeras(path))
        {
            return OpenKeras(path);
        }

        return IsSafetensors(path) ? OpenSafetensors(path) : OpenOnnx(path);
    }

    /// <summary>Whether a trained model is one of Keras; otherwise it is to be one of ONNX.</summary>
    /// <exception cref="ModelFileException">The file has weights alone.</exception>
    public static bool IsKerasModel(string path) => IsKeras(path) || (IsSafetensors(path)
        ? throw new ModelFileException(path, null, "The file is safetensors, which has weights alone and no layers; 'dotnet netgen inspect' lists them.") : false);

    /// <summary>Whether a file is HDF5 or a zip, as Keras's are.</summary>
    private static bool IsKeras(string path)
    {
        byte[] head = Head(path);
        return FileSignature.IsHdf5(head) || FileSignature.IsZip(head);
    }

    private static bool IsSafetensors(string path) => FileSignature.IsSafetensors(Head(path));

    public void Dispose() => this.source?.Dispose();

    private static byte[] Head(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder, where a file is needed.");
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        byte[] head = new byte[FileSignature.Length];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static TensorFile OpenSafetensors(string path)
    {
        SafetensorsReader reader = new(path);
        NamedTensor[] tensors = [.. reader.Tensors.Select((t, i) => new NamedTensor(t.Name, t.Shape.ToArray(), t.ElementType.ToString(), () =>
        {
            float[] values = new float[t.Size];
            reader.Read(i, values);
            return values;
        }))];
        return new TensorFile(path, "safetensors", tensors, reader.Metadata, reader);
    }

    private static TensorFile OpenKeras(string path)
    {
        KerasFile file = KerasFile.Open(path);
        NamedTensor[] tensors = [.. file.Scopes.SelectMany(s => s.Variables.Select((v, i) => new NamedTensor(
            string.Join("/", [LayerPath(s), v.Name ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture)]), v.Tensor.Shape, v.Tensor.Type.ToString(), () => v.Tensor.Read(path))))];
        return new TensorFile(path, file.Configuration is null ? "Keras weights" : "Keras model", tensors, new Dictionary<string, string>(), file);
    }

    /// <summary>The layer <c>base/conv</c> stands in the group <c>base_conv</c> of the files that <see cref="KerasWeights"/> writes, as a group's name has no slash.</summary>
    private static string LayerPath(KerasScope scope) =>
        scope.Names.Count > 2 && scope.Names[0] == string.Join('_', scope.Names.Skip(1)) ? string.Join('/', scope.Names.Skip(1)) : scope.Path;

    private static TensorFile OpenOnnx(string path)
    {
        OnnxGraph graph = OnnxFile.Read(path);
        NamedTensor[] tensors = [.. graph.Initializers.Select(i => new NamedTensor(i.Key, i.Value.Shape, i.Value.Type.ToString(), i.Value.ReadFloats))];
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["graph"] = graph.Name,
            ["opset"] = graph.Opset.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["producer"] = graph.Producer,
            ["inputs"] = string.Join(", ", graph.Inputs.Select(Port)),
            ["outputs"] = string.Join(", ", graph.Outputs.Select(Port)),
        };
        return new TensorFile(path, "ONNX model", tensors, metadata, null);

        // Its sizes as the file tells them: numbers, names, or a question mark.
        static string Port(OnnxValueInfo port) => port.Dims is null ? port.Name : $"{port.Name} ({string.Join(", ", port.Dims.Select(d => d.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? d.Symbol ?? "?"))})";
    }
}
