using System.IO.Compression;
using System.Text;
using NetGen;
using PureHDF;

namespace Given;

/// <summary>Files as Keras writes them.</summary>
internal static class KerasFiles
{
    private const string Configuration =
        """
        {"class_name": "Sequential", "config": {"name": "sequential", "layers": [
          {"class_name": "InputLayer", "config": {"name": "input", "batch_shape": [null, 4], "dtype": "float32"}},
          {"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "softmax", "use_bias": true}}]}}
        """;

    /// <summary>Keras 2's weights of a part of a network, and layers of one weight beside them.</summary>
    public static void Weights(Network network, string part, string path, params string[] further)
    {
        H5File file = [];
        List<string> layers = [];
        foreach (IGrouping<string, ParameterInfo> layer in network.Parameters.Where(p => p.Name.StartsWith(part, StringComparison.Ordinal)).GroupBy(p => p.Name[part.Length..].Split('/')[0]))
            Add(file, layers, layer.Key, layer.Select(p => (p.Name[(part.Length + layer.Key.Length + 1)..] + ":0", p.Shape.ToArray(), network.GetWeights(p.Name))));
        foreach (string name in further) Add(file, layers, name, [("kernel:0", new[] { 1 }, new float[1])]);
        file.Attributes["layer_names"] = layers.ToArray();
        file.Write(path, new H5WriteOptions(DefaultStringLength: 120));
    }

    /// <summary>Keras 3's archive of a model of one layer.</summary>
    public static void Model(string path)
    {
        H5Group variables = new() { ["0"] = Dataset([4, 3], new float[12]), ["1"] = Dataset([3], new float[3]) };
        H5File file = new() { ["layers"] = new H5Group { ["dense"] = new H5Group { ["vars"] = variables } } };
        using MemoryStream weights = new();
        file.Write(weights, new H5WriteOptions());
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in new[] { ("metadata.json", """{"keras_version": "3.8.0"}"""u8.ToArray()), ("config.json", Encoding.UTF8.GetBytes(Configuration)), ("model.weights.h5", weights.ToArray()) })
        {
            using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }
    }

    private static void Add(H5File file, List<string> layers, string layer, IEnumerable<(string Name, int[] Shape, float[] Values)> weights)
    {
        H5Group inner = [];
        List<string> names = [];
        foreach ((string name, int[] shape, float[] values) in weights)
        {
            names.Add($"{layer}/{name}");
            inner[name] = Dataset(shape, values);
        }

        H5Group group = new() { [layer] = inner };
        group.Attributes["weight_names"] = names.ToArray();
        file[layer] = group;
        layers.Add(layer);
    }

    private static H5Dataset Dataset(int[] shape, float[] values) => new(values, fileDims: [.. shape.Select(size => (ulong)size)]);
}
