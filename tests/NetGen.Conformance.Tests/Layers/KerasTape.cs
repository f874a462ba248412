using System.Globalization;
using System.Text.Json;
using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;
using NetGen.Keras;
using LayerArguments = NetGen.Keras.KerasArguments;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>A Keras layer, or a model of nested calls, as a tape: arrays and symbolic inputs become inputs, configurations become arguments.</summary>
internal sealed class KerasTape
{
    private readonly List<ElementSpec> _elements = [];

    /// <summary>The data of the inputs that have some, by name.</summary>
    public Dictionary<string, KerasArray> Data { get; } = [];

    /// <summary>Inputs without data, in order: those of a symbolic model.</summary>
    public List<string> Symbolic { get; } = [];

    public int Count => _elements.Count;

    public ModelSpec Model => new(
        new TypeSpec("", EquatableArray<string>.Empty, "Net", "public", false), EquatableArray<ArgumentSpec>.Empty, _elements.ToEquatableArray());

    /// <summary>An input of an array's shape without its batch; a vector is a batch of scalars.</summary>
    public string AddInput(KerasArray array, bool isBatch = true)
    {
        string name = AddInput([.. array.Shape.Skip(isBatch ? 1 : 0)], array.DType.StartsWith("int", StringComparison.Ordinal) && array.Rank <= 2);
        Data.Add(name, array);
        return name;
    }

    public string AddInput(IEnumerable<int> shape, bool isInteger = false)
    {
        string name = $"x{_elements.Count}";
        List<ArgumentSpec> arguments =
        [
            new("Shape", new ArrayValue(shape.Select(d => (ArgumentValue)new IntegerValue(d)).ToEquatableArray())),
            new("Name", new TextValue(name)),
        ];
        if (isInteger)
            arguments.Add(new("Type", new EnumValue("ElementType", "Int32")));
        _elements.Add(new LayerSpec("Input", arguments.ToEquatableArray(), _elements.Count));
        return name;
    }

    /// <summary>Adds a layer behind taps and gives its tap.</summary>
    public string AddLayer(string kind, IEnumerable<ArgumentSpec> arguments, IReadOnlyList<string> inputs)
    {
        Layer layer = LayerTable.Find(kind) ?? throw new NotCoveredException($"the layer {kind}");
        string name = $"y{_elements.Count}";
        ArgumentSpec tap = layer.Inputs.Most > 1
            ? new("Inputs", new ArrayValue(inputs.Select(i => (ArgumentValue)new TextValue(i)).ToEquatableArray()))
            : new("From", new TextValue(inputs[0]));
        _elements.Add(new LayerSpec(kind, arguments.Append(tap).Append(new("Name", new TextValue(name))).ToEquatableArray(), _elements.Count));
        return name;
    }

    /// <summary>Makes a tap the only output.</summary>
    public void AddOutput(string tap) =>
        _elements.Add(new LayerSpec("Output", EquatableArray.Of(new ArgumentSpec("From", new TextValue(tap))), _elements.Count));

    /// <summary>A value of a case as a tap: an array, a symbolic input, or the result of a layer's call.</summary>
    public string Add(KerasValue value)
    {
        if (value.TryGet("$result_of", out KerasValue call))
        {
            KerasOp op = call["ops"].Items().Select(o => new KerasOp(o)).Last(o => o.Name == "__call__");
            return AddLayer(Layer(call), [], Inputs(op.Args[0]))[0];
        }

        if (value.TryGet("class", out KerasValue kind) && kind.AsString() == "Input")
        {
            KerasValue shape = value.TryGet("config", out KerasValue config) && config.TryGet("shape", out KerasValue named) ? named : value["args"].Items()[0];
            string name = AddInput(shape.Items().Select(d => d.IsNull ? -1 : d.AsInt()));
            Symbolic.Add(name);
            return name;
        }

        return AddInput(value.AsArray());
    }

    /// <summary>One tap, or those of a list.</summary>
    public IReadOnlyList<string> Inputs(KerasValue value) => value.IsList ? [.. value.Items().Select(Add)] : [Add(value)];

    /// <summary>Adds the layers that a layer of Keras becomes, with what its call says, and gives its outputs: of one layer the first.</summary>
    public IReadOnlyList<string> AddLayer(KerasLayer layer, IReadOnlyList<ArgumentSpec> called, IReadOnlyList<string> inputs)
    {
        if (layer.Parts.Count == 0)
            return [AddLayer(layer.Kind!, [.. layer.Arguments, .. called], inputs)];
        List<string> taps = [];
        foreach ((KerasPart part, List<ArgumentSpec> arguments) in layer.Parts.Zip(KerasPart.Distribute(layer.Parts, called)))
            taps.Add(AddLayer(part.Kind, arguments, [.. part.Inputs.SelectMany(i => i < 0 ? inputs : [taps[i]])]));
        return [.. layer.Outputs.Select(o => o.Tap is null ? taps[o.Part] : $"{taps[o.Part]}.{o.Tap}")];
    }

    /// <summary>A layer with "class", "args" and "config" in Keras's words; what Keras wraps around a layer is an argument of it.</summary>
    public static KerasLayer Layer(KerasValue layer)
    {
        string kind = LayerArguments.KindOf(layer["class"].AsString());
        IReadOnlyList<KerasValue> args = layer.TryGet("args", out KerasValue given) ? given.Items() : [];
        bool hasConfig = layer.TryGet("config", out KerasValue config);
        if (IsAround(kind))
            return Around(kind, hasConfig ? config : null, args.Count > 0 ? args[0] : null);
        Layer row = LayerTable.Find(kind) ?? throw new NotCoveredException($"the layer {kind}");
        IEnumerable<ArgumentSpec> placed = args.Select((a, i) => new ArgumentSpec(row.Arguments[i], Value(a)));
        return new KerasLayer(kind, [.. placed, .. hasConfig ? ConfigArguments(row, config) : []], []);
    }

    /// <summary>Whether a class is around a layer or around cells.</summary>
    public static bool IsAround(string kind) => kind is "Bidirectional" or "TimeDistributed" or "SpectralNormalization" or "RNN";

    /// <summary>What is around a layer, or around the cells of an RNN, with an argument for that or as several layers.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="config">Its arguments by name, or null.</param>
    /// <param name="inner">What is within it where that is given by place, or null.</param>
    public static KerasLayer Around(string kind, KerasValue? config, KerasValue? inner)
    {
        IEnumerable<string> members = config is { } named ? named.Names().Select(n => $"{JsonSerializer.Serialize(n)}: {ToKeras(named[n])}") : [];
        if (inner is { } placed)
            members = members.Append($"\"{(kind == "RNN" ? "cell" : "layer")}\": {ToKeras(placed)}");
        using JsonDocument json = JsonDocument.Parse($"{{{string.Join(", ", members)}}}");
        KerasLayer layer = KerasLayer.Read(kind, json.RootElement, isLegacy: false);
        return layer.Problems.Count == 0 ? layer : throw new NotCoveredException(string.Join(" ", layer.Problems.Distinct()));
    }

    /// <summary>A configuration as the importer reads it.</summary>
    public static IReadOnlyList<ArgumentSpec> ConfigArguments(Layer layer, KerasValue config, bool isLegacy = false)
    {
        List<string> problems = [];
        using JsonDocument json = JsonDocument.Parse(Members(config));
        List<ArgumentSpec> arguments = LayerArguments.Read(layer.Kind, json.RootElement, isLegacy, problems);
        return problems.Count > 0 ? throw new NotCoveredException($"{layer.Kind}: {string.Join(" ", problems)}") : arguments;
    }

    /// <summary>An argument by place, or one of a call.</summary>
    public static ArgumentValue Value(KerasValue value) =>
        value.IsString ? new TextValue(value.AsString())
        : value.IsList ? new ArrayValue(value.Items().Select(Value).ToEquatableArray())
        : value.TryGet("$name", out KerasValue function) ? new TextValue(function.AsString().Split('.')[^1])
        : value.IsArray ? new ArrayValue(value.AsArray().Data.Select(d => (ArgumentValue)new NumberValue(d)).ToEquatableArray())
        : value.ToString() is "True" or "False" or "true" or "false" ? new BooleanValue(value.AsBool())
        : value.AsDouble() is var number && number == Math.Floor(number) ? new IntegerValue((long)number)
        : new NumberValue(number);

    private static string Members(KerasValue config) => $"{{{string.Join(", ", config.Names().Select(n => $"{JsonSerializer.Serialize(n)}: {ToKeras(config[n])}"))}}}";

    /// <summary>A value of a case in the form that Keras's configurations have it in.</summary>
    private static string ToKeras(KerasValue value)
    {
        if (value.TryGet("$name", out KerasValue function))
            return JsonSerializer.Serialize(function.AsString().Split('.')[^1]);
        if (value.IsArray)
            return $"[{string.Join(", ", value.AsArray().Data.Select(d => d.ToString("R", CultureInfo.InvariantCulture)))}]";
        if (value.IsList)
            return $"[{string.Join(", ", value.Items().Select(ToKeras))}]";
        if (!value.IsClass)
            return value.ToJson();

        // Arguments by place have their names in configurations.
        string name = value["class"].AsString();
        ConstructorRow? row = InitializerText.Rows.Concat(RegularizerText.Rows).Concat(ConstraintText.Rows).FirstOrDefault(r => ConstructorText.Canonical(r.Name) == ConstructorText.Canonical(name));
        string[] names = row is not null ? [.. row.Parameters.Select(p => p.Name)] : name.EndsWith("Cell", StringComparison.Ordinal) ? ["units"] : [.. LayerTable.Find(name)?.Arguments.Select(KerasNames.SnakeCase) ?? []];
        IEnumerable<string> placed = value.TryGet("args", out KerasValue args) ? args.Items().Select((a, i) => $"{JsonSerializer.Serialize(names[i])}: {ToKeras(a)}") : [];
        IEnumerable<string> named = value.TryGet("config", out KerasValue config) ? config.Names().Select(n => $"{JsonSerializer.Serialize(n)}: {ToKeras(config[n])}") : [];
        if (name == "OneStateRNNCell")
        {
            // A class of Keras's tests: x W + h U, of ones, which is a SimpleRNN without a function and without a bias.
            name = "SimpleRNNCell";
            named = named.Concat(["\"activation\": \"linear\"", "\"use_bias\": false", "\"kernel_initializer\": \"ones\"", "\"recurrent_initializer\": \"ones\""]);
        }

        return $"{{\"class_name\": {JsonSerializer.Serialize(name)}, \"config\": {{{string.Join(", ", placed.Concat(named))}}}}}";
    }
}
