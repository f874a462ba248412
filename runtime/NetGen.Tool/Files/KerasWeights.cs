using PureHDF;

namespace NetGen.Tool;

/// <summary>Writes weights as an HDF5 file that Keras's <c>load_weights</c> reads: a group a layer with the names of its weights, and a list of the layers.</summary>
internal static class KerasWeights
{
    /// <exception cref="ArgumentException">A tensor has no layer in its name.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one stays.</exception>
    public static void Save(string path, IReadOnlyList<NamedTensor> tensors)
    {
        H5File file = new();
        List<string> layers = [];
        foreach (IGrouping<string, NamedTensor> layer in tensors.GroupBy(t => Layer(t.Name)))
        {
            layers.Add(layer.Key);
            H5Group group = new();
            foreach (NamedTensor tensor in layer)
            {
                string[] names = (tensor.Name + ":0").Split('/');
                H5Group inner = group;
                foreach (string name in names.SkipLast(1))
                {
                    inner = (H5Group)(inner.TryGetValue(name, out object? known) ? known : inner[name] = new H5Group());
                }

                inner[names[^1]] = new H5Dataset(tensor.Read(), fileDims: [.. tensor.Shape.Select(d => (ulong)d)]);
            }

            group.Attributes["weight_names"] = layer.Select(t => t.Name + ":0").ToArray();
            file[layer.Key] = group;
        }

        file.Attributes["layer_names"] = layers.ToArray();
        file.Attributes["backend"] = "netgen";
        // The writer goes to and fro in its file.
        string whole = Path.GetTempFileName();
        try
        {
            file.Write(whole);
            AtomicFile.Write(path, stream =>
            {
                using FileStream content = File.OpenRead(whole);
                content.CopyTo(stream);
            });
        }
        finally
        {
            File.Delete(whole);
        }
    }

    private static string Layer(string name) => name.LastIndexOf('/') is > 0 and var slash ? name[..slash].Replace('/', '_')
        : throw new ArgumentException($"The tensor '{name}' names no layer, as 'layer/kernel' does, and Keras keeps weights by layers.");
}
