using System.Text.Json;
using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>The configuration of a Keras layer as the arguments of NetGen's layer of the same name. Arguments with Keras's default are left out.</summary>
internal static class KerasArguments
{
    /// <summary>How Keras computes or where it runs, and not what; and what the tape says in other places.</summary>
    private static readonly HashSet<string> Neutral =
    [
        "name", "dtype", "trainable", "implementation", "unroll", "synchronized", "use_cudnn", "autocast", "weights", "batch_input_shape", "batch_shape", "input_shape", "input_length", "input_dim", "input_dtype",
        "sparse", "ragged", "time_major", "flash_attention", "registered_name", "module", "build_config", "quantization_config", "virtual_batch_size", "adjustment", "fused",
    ];

    /// <summary>Classes that are other layers of NetGen's.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["BatchNormalizationV1"] = "BatchNormalization",
        ["BatchNormalizationV2"] = "BatchNormalization",
        ["SyncBatchNormalization"] = "BatchNormalization",
        ["Convolution1D"] = "Conv1D",
        ["Convolution2D"] = "Conv2D",
        ["Convolution3D"] = "Conv3D",
        ["Deconvolution2D"] = "Conv2DTranspose",
        ["GroupedQueryAttention"] = "GroupQueryAttention",
        ["ThresholdedReLU"] = "Threshold",
        ["MaxPool1D"] = "MaxPooling1D",
        ["MaxPool2D"] = "MaxPooling2D",
        ["MaxPool3D"] = "MaxPooling3D",
        ["AvgPool1D"] = "AveragePooling1D",
        ["AvgPool2D"] = "AveragePooling2D",
        ["AvgPool3D"] = "AveragePooling3D",
    };

    private static readonly Dictionary<(string Kind, string Name), string> RenamedArguments = new()
    {
        [("LeakyReLU", "alpha")] = "negative_slope",
        [("Threshold", "theta")] = "value",
    };

    /// <summary>Other names of activations.</summary>
    private static readonly Dictionary<string, string> Activations = new(StringComparer.Ordinal) { ["swish"] = "SiLU", ["hard_swish"] = "HardSiLU" };

    private static readonly Dictionary<string, Type> Enums = new(StringComparer.Ordinal)
    {
        ["padding"] = typeof(Padding),
        ["data_format"] = typeof(DataFormat),
        ["interpolation"] = typeof(Interpolation),
        ["fill_mode"] = typeof(FillMode),
        ["mode"] = typeof(FlipMode),
        ["score_mode"] = typeof(ScoreMode),
    };

    /// <summary>Arguments of which one number for all axes means the same as as many equal ones.</summary>
    private static readonly HashSet<string> PerAxis = ["KernelSize", "Strides", "DilationRate", "PoolSize", "OutputSize", "Size", "Padding", "Cropping"];

    /// <summary>NetGen's name of a Keras class.</summary>
    public static string KindOf(string className) => Renamed.GetValueOrDefault(className, className);

    /// <summary>The arguments.</summary>
    /// <param name="kind">NetGen's layer.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="isLegacy">Whether Keras 1 or 2 wrote it: some functions were others.</param>
    /// <param name="problems">Receives what cannot be said in NetGen, a sentence each.</param>
    public static List<ArgumentSpec> Read(string kind, JsonElement config, bool isLegacy, ICollection<string> problems)
    {
        Layer layer = LayerTable.Find(kind) ?? throw new ArgumentException($"NetGen has no layer {kind}.");
        List<ArgumentSpec> arguments = [];
        if (config.ValueKind != JsonValueKind.Object)
        {
            problems.Add("It has no configuration.");
            return arguments;
        }

        foreach (JsonProperty property in config.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null))
        {
            string name = RenamedArguments.GetValueOrDefault((kind, property.Name), property.Name);
            string argument = string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(PascalCase.From));
            JsonElement value = KerasJson.Plain(property.Value);
            try
            {
                if (name == "renorm_clipping")
                {
                    foreach ((string key, string limit) in new[] { ("rmax", "RenormRMax"), ("rmin", "RenormRMin"), ("dmax", "RenormDMax") })
                    {
                        if (KerasJson.Member(value, key) is { ValueKind: JsonValueKind.Number } number)
                        {
                            arguments.Add(new(limit, Value(number)));
                        }
                    }
                }
                else if (layer.Arguments.Contains(argument) || (argument == TapeWords.ActivityRegularizer && kind != "ActivityRegularization"))
                {
                    arguments.Add(new(argument, PerAxis.Contains(argument) || (argument == "Axis" && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1) ? Merged(Of(name, value, isLegacy)) : Of(name, value, isLegacy)));
                }
                else if (!Neutral.Contains(name) && !IsNothing(value))
                {
                    problems.Add($"The argument {ModelFileException.Shorten(property.Name)} = {KerasJson.Short(value)} has no counterpart in NetGen.");
                }
            }
            catch (Exception e) when (e is NotSupportedException or FormatException or InvalidOperationException)
            {
                problems.Add($"The argument {ModelFileException.Shorten(property.Name)} = {KerasJson.Short(value)}: {e.Message}.");
            }
        }

        if (isLegacy && kind == "GRU" && !config.TryGetProperty("reset_after", out _))
        {
            arguments.Add(new("ResetAfter", new BooleanValue(false)));
        }

        if (kind == "Threshold" && !arguments.Exists(a => a.Name == "DefaultValue"))
        {
            arguments.Add(new("DefaultValue", new IntegerValue(0)));
        }

        arguments.RemoveAll(a => KerasDefaults.Is(kind, a, arguments));
        return arguments;
    }

    /// <summary>An activation by its function, or by a layer without arguments of its own.</summary>
    /// <exception cref="NotSupportedException">There is no such one.</exception>
    public static EnumValue Activation(JsonElement value, bool isLegacy)
    {
        string? name = value.ValueKind == JsonValueKind.String ? value.GetString() : KerasJson.Text(value, "class_name");
        if (name is "function" or "Activation" && KerasJson.Member(value, "config") is { } config)
        {
            return Activation(config.ValueKind == JsonValueKind.String ? config : KerasJson.Member(config, "activation") ?? config, isLegacy);
        }

        if (name is "ReLU" && KerasJson.Member(value, "config") is { } relu && KerasJson.Member(relu, "max_value") is { ValueKind: JsonValueKind.Number } most && most.GetDouble() == 6)
        {
            name = "ReLU6";
        }
        else if (value.ValueKind == JsonValueKind.Object && name is "ReLU" or "LeakyReLU" or "ELU" or "PReLU" && KerasJson.Member(value, "config") is { ValueKind: JsonValueKind.Object } own && own.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.Number && p.Value.GetDouble() != KerasDefaults.OfActivation(name, p.Name)))
        {
            throw new NotSupportedException("An activation with arguments of its own must be a layer behind this one");
        }

        if (name is "hard_sigmoid" or "HardSigmoid" && isLegacy)
        {
            return new EnumValue(nameof(NetGen.Activation), nameof(NetGen.Activation.LegacyHardSigmoid));
        }

        name = name is null ? throw new NotSupportedException("It names no activation") : Activations.GetValueOrDefault(name, name);
        return Member(typeof(NetGen.Activation), name);
    }

    private static ArgumentValue Of(string name, JsonElement value, bool isLegacy)
    {
        if (name is "activation" or "recurrent_activation")
        {
            return Activation(value, isLegacy);
        }

        if (name.EndsWith("_initializer", StringComparison.Ordinal))
        {
            return new TextValue(ConstructorNames.Of(value, InitializerText.Rows));
        }

        if (name.EndsWith("_regularizer", StringComparison.Ordinal))
        {
            return new TextValue(ConstructorNames.Of(value, RegularizerText.Rows));
        }

        if (name.EndsWith("_constraint", StringComparison.Ordinal))
        {
            return new TextValue(ConstructorNames.Of(value, ConstraintText.Rows));
        }

        if (name is "equation" or "bias_axes" && value.ValueKind == JsonValueKind.String)
        {
            return new TextValue(value.GetString()!);
        }

        return value.ValueKind == JsonValueKind.String && Enums.TryGetValue(name, out Type? type) ? Member(type, value.GetString()!) : Value(value);
    }

    private static EnumValue Member(Type type, string name) =>
        Enum.GetNames(type).FirstOrDefault(n => ConstructorText.Canonical(n) == ConstructorText.Canonical(name)) is { } member ? new EnumValue(type.Name, member)
        : throw new NotSupportedException($"NetGen's {type.Name} has no {ModelFileException.Shorten(name)}");

    private static ArgumentValue Value(JsonElement value, bool isItem = false)
    {
        value = KerasJson.Plain(value);
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return new BooleanValue(value.GetBoolean());
            case JsonValueKind.Number:
                double number = KerasJson.Number(value);
                return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? new IntegerValue((long)number) : new NumberValue(number);
            case JsonValueKind.Array:
                // Attributes take no arrays of arrays; layers read pairs axis by axis.
                return new ArrayValue(value.EnumerateArray().Select(i => Value(i, isItem: true)).SelectMany(i => i is ArrayValue inner ? inner.Items : EquatableArray.Of(i)).ToEquatableArray());
            // A size that is the input's own.
            case JsonValueKind.Null when isItem:
                return new IntegerValue(-1);
            default:
                throw new NotSupportedException($"{KerasJson.Short(value)} is no number");
        }
    }

    /// <summary>One value where all of several are the same.</summary>
    private static ArgumentValue Merged(ArgumentValue value) => value is ArrayValue { Items.Count: > 0 } array && array.Items.All(i => i == array.Items[0]) ? array.Items[0] : value;

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind is JsonValueKind.False or JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0) || (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any());
}
