using System.Text.Json;

namespace NetGen.Keras;

/// <summary>A model's configuration: its layers, and which calls of them give what to which.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Layers">The layers in Keras's order.</param>
/// <param name="Inputs">What the inputs are; null for a sequential model, whose first layer is behind its only one.</param>
/// <param name="Outputs">What the outputs are; null for a sequential model, whose last layer's is its only one.</param>
internal sealed record KerasModel(string Name, IReadOnlyList<KerasModelLayer> Layers, IReadOnlyList<KerasTensorReference>? Inputs, IReadOnlyList<KerasTensorReference>? Outputs)
{
    private const int MostLevels = 16;
    private const int MostLayers = 20_000;

    /// <summary>Whether a class is a model's; such a layer has layers of its own.</summary>
    public static bool IsModel(string className, JsonElement config) => className is "Sequential" or "Functional" or "Model" || (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("layers", out _) && config.TryGetProperty("output_layers", out _));

    /// <exception cref="FormatException">It is no configuration of a sequential or functional model.</exception>
    public static KerasModel Read(string className, JsonElement config, int level = 0)
    {
        if (level > MostLevels)
        {
            throw new FormatException($"Models lie in models more than {MostLevels} levels deep.");
        }

        // Keras before 2.2.3 wrote no more than the layers of a sequential model.
        JsonElement layers = config.ValueKind == JsonValueKind.Array ? config : KerasJson.Member(config, "layers") ?? throw new FormatException($"The {ModelFileException.Shorten(className)} says no layers; only sequential and functional models do.");
        if (layers.ValueKind != JsonValueKind.Array || layers.GetArrayLength() > MostLayers)
        {
            throw new FormatException($"'layers' is a list of at most {MostLayers} layers; found {KerasJson.Short(layers)}.");
        }

        List<KerasModelLayer> read = [];
        foreach (JsonElement layer in layers.EnumerateArray())
        {
            read.Add(KerasModelLayer.Read(layer, level));
        }

        if (read.GroupBy(l => l.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new FormatException($"{same.Count()} layers of a model are called '{ModelFileException.Shorten(same.Key)}'; in Keras each has a name of its own.");
        }

        string name = (config.ValueKind == JsonValueKind.Object ? KerasJson.Text(config, "name") : null) ?? KerasNames.SnakeCase(className);
        bool isSequential = className == "Sequential" || config.ValueKind == JsonValueKind.Array || KerasJson.Member(config, "output_layers") is null;
        if (!isSequential)
        {
            return new KerasModel(name, read, References(config, "input_layers"), References(config, "output_layers"));
        }

        // A first layer may say what the model's input is like.
        if (read is [{ ClassName: not "InputLayer" } first, ..] && (KerasModelLayer.InputShape(first.Config) ?? BuildShape(config) ?? first.BuildShape) is { } shape)
        {
            read.Insert(0, KerasModelLayer.Input(first.Name + "_input", shape, KerasJson.Text(first.Config, "dtype")));
        }

        return new KerasModel(name, read, null, null);
    }

    private static int[]? BuildShape(JsonElement config) => config.ValueKind == JsonValueKind.Object && KerasJson.Member(config, "build_input_shape") is { } shape ? KerasJson.Sizes(shape) : null;

    private static List<KerasTensorReference> References(JsonElement config, string name)
    {
        JsonElement value = KerasJson.Member(config, name) ?? throw new FormatException($"The model has no '{name}'.");
        List<KerasTensorReference> references = [];
        KerasTensorReference.Collect(value, references, 0);
        return references.Count > 0 ? references : throw new FormatException($"'{name}' names no layers: {KerasJson.Short(value)}.");
    }
}

/// <summary>An output of a call of a layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Node">Which call.</param>
/// <param name="Tensor">Which of its outputs.</param>
internal sealed record KerasTensorReference(string Layer, int Node, int Tensor)
{
    /// <summary>The reference that a value is, in either of Keras's forms, or null.</summary>
    public static KerasTensorReference? Of(JsonElement value)
    {
        if (KerasJson.Text(value, "class_name") == "__keras_tensor__")
        {
            return KerasJson.Member(value, "config") is { } config && KerasJson.Member(config, "keras_history") is { } history ? Of(history) : null;
        }

        value = KerasJson.Plain(value);
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is 3 or 4 && value[0].ValueKind == JsonValueKind.String
            && value[1].ValueKind == JsonValueKind.Number && value[1].TryGetInt32(out int node) && node >= 0 && value[2].ValueKind == JsonValueKind.Number && value[2].TryGetInt32(out int tensor) && tensor >= 0
            ? new KerasTensorReference(value[0].GetString()!, node, tensor) : null;
    }

    /// <summary>All references in a value, in order.</summary>
    public static void Collect(JsonElement value, List<KerasTensorReference> references, int level)
    {
        if (Of(value) is { } reference)
        {
            references.Add(reference);
            return;
        }

        value = KerasJson.Plain(value);
        if (level < 8 && value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                Collect(item, references, level + 1);
            }
        }
        else if (level < 8 && value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty item in value.EnumerateObject())
            {
                Collect(item.Value, references, level + 1);
            }
        }
    }
}

/// <summary>A call of a layer.</summary>
/// <param name="Inputs">What it is given by place.</param>
/// <param name="Named">What it is given by name.</param>
/// <param name="Options">What it is told by name beside tensors.</param>
/// <param name="Problem">What of it cannot be read, or null.</param>
internal sealed record KerasCall(IReadOnlyList<KerasTensorReference> Inputs, IReadOnlyDictionary<string, List<KerasTensorReference>> Named, IReadOnlyDictionary<string, JsonElement> Options, string? Problem = null)
{
    /// <summary>Everything that it is given.</summary>
    public IEnumerable<KerasTensorReference> All => this.Inputs.Concat(this.Named.Values.SelectMany(v => v));

    /// <summary>A call in either of Keras's forms.</summary>
    public static KerasCall Read(JsonElement node)
    {
        List<KerasTensorReference> inputs = [];
        Dictionary<string, List<KerasTensorReference>> named = [];
        Dictionary<string, JsonElement> options = [];
        string? problem = null;
        if (node.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonElement argument in KerasJson.Member(node, "args") is { ValueKind: JsonValueKind.Array } args ? args.EnumerateArray().AsEnumerable() : [])
            {
                int known = inputs.Count;
                KerasTensorReference.Collect(argument, inputs, 0);
                problem ??= known == inputs.Count && argument.ValueKind != JsonValueKind.Null ? $"It is called with {KerasJson.Short(argument)}, which is no output of a layer." : null;
            }

            ReadNamed(KerasJson.Member(node, "kwargs"), named, options);
            return new KerasCall(inputs, named, options, problem);
        }

        foreach (JsonElement item in node.ValueKind == JsonValueKind.Array && KerasTensorReference.Of(node) is null ? node.EnumerateArray().AsEnumerable() : [node])
        {
            if (KerasTensorReference.Of(item) is { } reference)
            {
                inputs.Add(reference);
                if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 4)
                {
                    ReadNamed(item[3], named, options);
                }
            }
            else
            {
                problem ??= $"It is called with {KerasJson.Short(item)}, which is no output of a layer.";
            }
        }

        return new KerasCall(inputs, named, options, problem);
    }

    private static void ReadNamed(JsonElement? values, Dictionary<string, List<KerasTensorReference>> named, Dictionary<string, JsonElement> options)
    {
        foreach (JsonProperty property in values is { ValueKind: JsonValueKind.Object } given ? given.EnumerateObject().AsEnumerable() : [])
        {
            List<KerasTensorReference> references = [];
            KerasTensorReference.Collect(property.Value, references, 0);
            if (references.Count > 0)
            {
                named[property.Name] = references;
            }
            else if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array))
            {
                options[property.Name] = property.Value;
            }
        }
    }
}

/// <summary>A layer of a model's configuration.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="ClassName">Keras's class.</param>
/// <param name="Config">Its own configuration.</param>
/// <param name="Calls">What it is called with, in order; none for layers of sequential models.</param>
/// <param name="Model">The model that it is, or null.</param>
/// <param name="BuildShape">The shape that it was built for, or null.</param>
internal sealed record KerasModelLayer(string Name, string ClassName, JsonElement Config, IReadOnlyList<KerasCall> Calls, KerasModel? Model, int[]? BuildShape)
{
    /// <summary>The shape of an input layer, or of the input that a first layer has in its configuration: the batch first, -1 for what is open.</summary>
    public int[]? Shape { get; init; } = InputShape(Config);

    /// <summary>The type of an input.</summary>
    public string? Type { get; init; } = Config.ValueKind == JsonValueKind.Object ? KerasJson.Text(Config, "dtype") : null;

    /// <exception cref="FormatException">It is no layer.</exception>
    public static KerasModelLayer Read(JsonElement layer, int level)
    {
        string className = KerasJson.Text(layer, "class_name") ?? throw new FormatException($"A layer has no class: {KerasJson.Short(layer)}.");
        JsonElement config = KerasJson.Member(layer, "config") ?? throw new FormatException($"A {ModelFileException.Shorten(className)} has no configuration.");
        bool isModel = KerasModel.IsModel(className, config);
        string name = KerasJson.Text(layer, "name") ?? (config.ValueKind == JsonValueKind.Object ? KerasJson.Text(config, "name") : null) ?? KerasNames.SnakeCase(className);
        IReadOnlyList<KerasCall> calls = KerasJson.Member(layer, "inbound_nodes") is { ValueKind: JsonValueKind.Array } nodes ? [.. nodes.EnumerateArray().Select(KerasCall.Read)] : [];
        int[]? built = KerasJson.Member(layer, "build_config") is { } build && KerasJson.Member(build, "input_shape") is { } shape ? KerasJson.Sizes(shape) : null;
        return new KerasModelLayer(name, className, config, calls, isModel ? KerasModel.Read(className, config, level + 1) : null, built);
    }

    /// <summary>An input that no layer of the configuration stands for.</summary>
    public static KerasModelLayer Input(string name, int[] shape, string? type) => new(name, "InputLayer", default, [], null, null) { Shape = shape, Type = type };

    /// <summary>The shape of an input, the batch first, in any of Keras's words.</summary>
    public static int[]? InputShape(JsonElement config) =>
        (KerasJson.Member(config, "batch_input_shape") ?? KerasJson.Member(config, "batch_shape")) is { } shape ? KerasJson.Sizes(shape)
        : KerasJson.Member(config, "input_shape") is { } sample && KerasJson.Sizes(sample) is { } sizes ? [-1, .. sizes] : null;
}
