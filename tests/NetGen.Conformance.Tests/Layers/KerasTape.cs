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
            (string kindOf, List<ArgumentSpec> arguments) = Layer(call);
            return AddLayer(kindOf, arguments, Inputs(op.Args[0]));
        }

        if (value.TryGet("class", out KerasValue kind) && kind.AsString() == "Input")
        {
            KerasValue shape = value.TryGet("config", out KerasValue config) && config.TryGet("shape", out KerasValue named) ? named : value["args"].Items()[0];
            string name = AddInput(shape.Items().Select(d => d.IsNull ? -1 : d.AsInt()));
            Symbolic.Add(name);
            return name;
        }

        return value.IsClass ? throw new NotCoveredException($"an input made by {value["class"].AsString()}") : AddInput(value.AsArray());
    }

    /// <summary>One tap, or those of a list.</summary>
    public IReadOnlyList<string> Inputs(KerasValue value) => value.IsList ? [.. value.Items().Select(Add)] : [Add(value)];

    /// <summary>The kind and the arguments of a layer with "class", "args" and "config" in Keras's words; what Keras wraps around a layer is an argument of it.</summary>
    public static (string Kind, List<ArgumentSpec> Arguments) Layer(KerasValue layer)
    {
        string kind = LayerArguments.KindOf(layer["class"].AsString());
        if (IsWrapper(kind))
            return Wrapped(kind, layer["config"], layer["config"].TryGet("layer", out KerasValue named) ? named : layer["args"].Items()[0]);
        if (kind == "RNN")
            throw new NotCoveredException("an RNN over cells that are Python classes, or over a stack of cells, which are layers one behind the other here");
        Layer row = LayerTable.Find(kind) ?? throw new NotCoveredException($"the layer {kind}");
        List<ArgumentSpec> arguments = [];
        if (layer.TryGet("args", out KerasValue args))
            arguments.AddRange(args.Items().Select((a, i) => new ArgumentSpec(row.Arguments[i], Value(a))));
        return (kind, layer.TryGet("config", out KerasValue config) ? [.. arguments, .. ConfigArguments(row, config)] : arguments);
    }

    /// <summary>Whether a class is around a layer.</summary>
    public static bool IsWrapper(string kind) => kind is "Bidirectional" or "TimeDistributed" or "SpectralNormalization";

    /// <summary>The layer within Bidirectional, TimeDistributed or SpectralNormalization, with an argument for what is around it.</summary>
    public static (string Kind, List<ArgumentSpec> Arguments) Wrapped(string kind, KerasValue config, KerasValue layer)
    {
        // The layer within has arguments by place, too, which Keras's own configurations have not.
        (string inner, List<ArgumentSpec> arguments) = Layer(layer);
        if (config.TryGet("backward_layer", out KerasValue backward) && !backward.IsNull)
            throw new NotCoveredException("a backward layer of another configuration");
        IEnumerable<string> members = config.Names().Where(n => n is not ("layer" or "backward_layer" or "name")).Select(n => $"\"{n}\": {ToKeras(config[n])}").Append($"\"layer\": {{\"class_name\": \"{inner}\", \"config\": {{}}}}");
        using JsonDocument json = JsonDocument.Parse($"{{{string.Join(", ", members)}}}");
        KerasLayer wrapped = KerasLayer.Read(kind, json.RootElement, isLegacy: false);
        return wrapped.Problems.Count > 0 ? throw new NotCoveredException(string.Join(" ", wrapped.Problems)) : (inner, [.. arguments.Where(a => wrapped.Arguments.TrueForAll(w => w.Name != a.Name)), .. wrapped.Arguments]);
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
        IEnumerable<string> placed = value.TryGet("args", out KerasValue args) ? args.Items().Select((a, i) => $"{JsonSerializer.Serialize(row!.Parameters[i].Name)}: {ToKeras(a)}") : [];
        IEnumerable<string> named = value.TryGet("config", out KerasValue config) ? config.Names().Select(n => $"{JsonSerializer.Serialize(n)}: {ToKeras(config[n])}") : [];
        return $"{{\"class_name\": {JsonSerializer.Serialize(name)}, \"config\": {{{string.Join(", ", placed.Concat(named))}}}}}";
    }
}
