using System.IO.Compression;
using System.Text.Json.Nodes;
using NetGen.Keras;
using PureHDF;

namespace NetGen.Tests.Keras;

/// <summary>A weight as Keras has it: the part of the layer that it belongs to (<c>forward</c>, or nothing), its name, and its elements.</summary>
internal sealed record KerasWeight(string Part, string Name, int[] Shape, float[] Values);

/// <summary>A layer as Keras writes it.</summary>
internal sealed record KerasLayerWeights(string Name, string Class, IReadOnlyList<KerasWeight> Weights);

/// <summary>Writes files of each of Keras's forms. There is no Keras here, so the forms are those of its sources.</summary>
internal static class KerasWriter
{
    /// <summary>The layers of a network with its weights, in order, with the name or class that a test says in place of its own.</summary>
    public static List<KerasLayerWeights> Layers(Network network, Func<string, string>? rename = null, Func<string, string>? classOf = null, string prefix = "")
    {
        List<(string Name, List<KerasWeight> Weights)> layers = [];
        foreach (ParameterInfo parameter in network.Parameters.Where(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string[] names = parameter.Name[prefix.Length..].Split('/');
            string part = names.Length > 2 ? names[1] : "";
            if (layers.Count == 0 || layers[^1].Name != names[0])
            {
                layers.Add((names[0], []));
            }

            layers[^1].Weights.Add(new KerasWeight(part, names[^1], parameter.Shape.ToArray(), network.GetWeights(parameter.Name)));
        }

        return [.. layers.Select(l => new KerasLayerWeights(rename?.Invoke(l.Name) ?? l.Name, classOf?.Invoke(l.Name) ?? Guess(l.Name, l.Weights), l.Weights))];
    }

    /// <summary>Keras 2's <c>.h5</c>: the model's configuration, or weights alone.</summary>
    public static byte[] Legacy(IReadOnlyList<KerasLayerWeights> layers, string? configuration = null, bool isFixed = true, bool isGrouped = true, int namesPerAttribute = int.MaxValue, bool hasOptimizer = true)
    {
        H5Group weights = [];
        SetTexts(weights, "layer_names", [.. layers.Select(l => l.Name)], namesPerAttribute);
        weights.Attributes["keras_version"] = "2.13.1";
        foreach (KerasLayerWeights layer in layers)
        {
            H5Group group = [];
            List<string> names = [];
            foreach (KerasWeight weight in layer.Weights)
            {
                string cell = layer.Class is "LSTM" or "GRU" or "SimpleRNN" ? KerasNames.SnakeCase(layer.Class) + "_cell" : "";
                string part = weight.Part is "forward" or "backward" ? weight.Part + "_" + KerasNames.SnakeCase(layer.Class) : weight.Part;
                string path = string.Join('/', new[] { layer.Name, part, cell, weight.Name + ":0" }.Where(n => n.Length > 0));
                names.Add(path);
                Place(group, path, Dataset(weight));
            }

            if (names.Count > 0)
            {
                SetTexts(group, "weight_names", [.. names], int.MaxValue);
            }
            else
            {
                group.Attributes["weight_names"] = new H5Attribute(Array.Empty<double>(), [0]);
            }

            weights.Add(layer.Name, group);
        }

        H5File file = [];
        if (isGrouped)
        {
            file.Add("model_weights", weights);
            if (hasOptimizer)
            {
                Place(file, "optimizer_weights/Adam/m/kernel:0", new H5Dataset(new float[] { 1, 2, 3 }));
            }
        }
        else
        {
            foreach ((string name, object child) in weights)
            {
                file.Add(name, child);
            }

            foreach ((string name, object value) in weights.Attributes)
            {
                file.Attributes[name] = value;
            }
        }

        if (configuration is not null)
        {
            file.Attributes["model_config"] = configuration;
        }

        return Bytes(file, isFixed ? new H5WriteOptions(DefaultStringLength: 120) : new H5WriteOptions());
    }

    /// <summary>Keras 3's <c>.weights.h5</c>: layers by their classes, weights by their numbers; newer versions add the layers' names.</summary>
    public static byte[] Weights(IReadOnlyList<KerasLayerWeights> layers, bool hasNames = false)
    {
        H5File file = [];
        file.Add("vars", new H5Group());
        Dictionary<string, int> counts = [];
        foreach (KerasLayerWeights layer in layers)
        {
            bool isBidirectional = layer.Weights.Any(w => w.Part is "forward" or "backward");
            string key = KerasNames.SnakeCase(isBidirectional ? "Bidirectional" : layer.Class);
            int count = counts[key] = counts.GetValueOrDefault(key, -1) + 1;
            string path = $"layers/{key}{(count == 0 ? "" : "_" + count)}";
            bool isCell = layer.Class is "LSTM" or "GRU" or "SimpleRNN";
            if (layer.Weights.Count == 0 || isCell || isBidirectional)
            {
                Place(file, path + "/vars", new H5Group());
            }

            foreach (IGrouping<string, KerasWeight> part in layer.Weights.GroupBy(w => w.Part))
            {
                string inner = part.Key switch
                {
                    "" => "",
                    "forward" => "/forward_layer",
                    "backward" => "/backward_layer",
                    "attention_output" => "/_output_dense",
                    _ => $"/_{part.Key}_dense",
                };
                int i = 0;
                foreach (KerasWeight weight in part)
                {
                    Place(file, $"{path}{inner}{(isCell ? "/cell" : "")}/vars/{i++}", Dataset(weight));
                }
            }

            if (layer.Class == "Normalization")
            {
                Place(file, path + "/vars/2", new H5Dataset(7, fileDims: []));
            }

            if (isCell || layer.Class == "MultiHeadAttention")
            {
                Place(file, path + "/seed_generator/vars/0", new H5Dataset(new uint[] { 1, 2 }));
            }

            if (hasNames)
            {
                Group(file, path + "/vars").Attributes["name"] = layer.Name;
            }
        }

        Place(file, "optimizer/vars/0", new H5Dataset(3L, fileDims: []));
        Place(file, "optimizer/vars/1", new H5Dataset(new float[] { 1, 2, 3 }));
        return Bytes(file, new H5WriteOptions());
    }

    /// <summary>Keras 3's <c>.keras</c>.</summary>
    public static byte[] Archive(string configuration, byte[] weights, params (string Name, byte[] Content)[] further)
    {
        MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in further.Append(("metadata.json", """{"keras_version": "3.8.0", "date_saved": "2025-01-01@00:00:00"}"""u8.ToArray())).Append(("config.json", System.Text.Encoding.UTF8.GetBytes(configuration))).Append(("model.weights.h5", weights)))
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The least of a configuration: the classes and names of a sequential model's layers.</summary>
    public static string Configuration(IReadOnlyList<KerasLayerWeights> layers) => new JsonObject
    {
        ["class_name"] = "Sequential",
        ["config"] = new JsonObject
        {
            ["name"] = "sequential",
            ["layers"] = new JsonArray([.. layers.Select(l => new JsonObject { ["class_name"] = l.Weights.Any(w => w.Part is "forward") ? "Bidirectional" : l.Class, ["config"] = new JsonObject { ["name"] = l.Name } })]),
        },
    }.ToJsonString();

    public static byte[] Bytes(H5File file, H5WriteOptions? options = null)
    {
        MemoryStream bytes = new();
        file.Write(bytes, options ?? new H5WriteOptions());
        return bytes.ToArray();
    }

    public static void Place(H5Group root, string path, object value)
    {
        int slash = path.LastIndexOf('/');
        (slash < 0 ? root : Group(root, path[..slash]))[path[(slash + 1)..]] = value;
    }

    public static H5Group Group(H5Group root, string path)
    {
        foreach (string name in path.Split('/'))
        {
            if (!root.TryGetValue(name, out object? child))
            {
                root.Add(name, child = new H5Group());
            }

            root = (H5Group)child;
        }

        return root;
    }

    public static void SetTexts(H5Group group, string attribute, string[] texts, int most)
    {
        if (texts.Length <= most)
        {
            group.Attributes[attribute] = texts;
            return;
        }

        foreach ((int index, string[] chunk) in texts.Chunk(most).Index())
        {
            group.Attributes[attribute + index] = chunk;
        }
    }

    private static H5Dataset Dataset(KerasWeight weight) => new(weight.Shape.Length == 0 ? weight.Values[0] : weight.Values, fileDims: Array.ConvertAll(weight.Shape, d => (ulong)d));

    private static string Guess(string name, List<KerasWeight> weights) =>
        weights.Any(w => w.Name == "gamma") ? "BatchNormalization"
        : weights.Any(w => w.Name == "depthwise_kernel") || name.Contains("depthwise", StringComparison.Ordinal) ? "DepthwiseConv2D"
        : weights[0].Shape.Length == 4 ? "Conv2D" : "Dense";
}
