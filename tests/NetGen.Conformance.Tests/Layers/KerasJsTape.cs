using System.Text.Json;
using System.Text.RegularExpressions;
using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>A case of keras-js as a tape: from the layer's configuration, or from the lines of Python that made its model.</summary>
internal sealed partial class KerasJsTape
{
    private readonly Dictionary<string, string> _taps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Kind, string Arguments)> _objects = new(StringComparer.Ordinal);
    private readonly List<(string Tap, IReadOnlyList<string> Inputs)> _layers = [];
    private readonly Queue<KerasArray> _inputs;

    private KerasJsTape(KerasJsCase c)
    {
        _inputs = new Queue<KerasArray>(c.Inputs);
        if (c.Name.StartsWith("activations.", StringComparison.Ordinal))
            AddActivation(c.Class, c.Description);
        else if (c.Config is { } config && !c.Name.StartsWith("merge.", StringComparison.Ordinal))
            AddConfigured(c.Class, config);
        else if (c.Construction.Count == 0 && c.Weights.Count == 0 && LayerTable.Find(c.Class) is { Arguments.Count: <= 1 })
            AddLayer(c.Class, [], [AddInput()]);
        else if (c.Construction.Count == 0)
            throw new NotCoveredException("a case that does not say its layers");
        else
        {
            foreach (string line in c.Construction)
                AddLine(line);
            if (_layers.Count == 0)
                throw new NotCoveredException("a case that does not say its layers");
        }
    }

    public KerasTape Tape { get; } = new();

    /// <summary>The taps of the layers in the order of Keras's weights: the farthest from the output first, then as they were made.</summary>
    public IReadOnlyList<string> WeightOrder
    {
        get
        {
            Dictionary<string, int> depths = [];
            foreach ((string tap, IReadOnlyList<string> inputs) in Enumerable.Reverse(_layers))
            {
                int depth = depths.GetValueOrDefault(tap);
                foreach (string input in inputs)
                    depths[input] = Math.Max(depths.GetValueOrDefault(input), depth + 1);
            }

            return [.. _layers.Select(l => l.Tap).OrderByDescending(t => depths.GetValueOrDefault(t))];
        }
    }

    public static KerasJsTape Read(KerasJsCase c) => new(c);

    /// <summary>A function of arrays.</summary>
    private void AddActivation(string function, string description)
    {
        string x = AddInput();
        double? alpha = Alpha().Match(description) is { Success: true } match ? double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;
        switch (function)
        {
            case "hard_sigmoid":
                // Keras 2 cuts 0.2 x + 0.5 to the range from 0 to 1; Keras 3's is another function.
                x = AddLayer("Rescaling", [new("Scale", new NumberValue(0.2)), new("Offset", new NumberValue(0.5))], [x]);
                AddLayer("ReLU", [new("MaxValue", new NumberValue(1))], [x]);
                break;
            case "relu" or "elu" when alpha is { } slope:
                AddLayer(function == "relu" ? "ReLU" : "ELU", [new(function == "relu" ? "NegativeSlope" : "Alpha", new NumberValue(slope))], [x]);
                break;
            default:
                AddLayer("Activation", [new("Activation", new TextValue(function))], [x]);
                break;
        }
    }

    private void AddConfigured(string kind, KerasValue config)
    {
        if (kind is not ("TimeDistributed" or "Bidirectional"))
        {
            AddLayer(kind, Arguments(kind, config), [AddInput()]);
            return;
        }

        KerasValue inner = config["layer"];
        string wrapped = inner["class_name"].AsString();
        ArgumentSpec wrapper = kind == "TimeDistributed" ? new("TimeDistributed", new BooleanValue(true)) : new("Bidirectional", KerasTape.Value(config["merge_mode"]));
        AddLayer(wrapped, [.. Arguments(wrapped, inner["config"]), wrapper], [AddInput()]);
    }

    private void AddLine(string line)
    {
        if (Applied().Match(line) is { Success: true } applied)
        {
            (string kind, string arguments) = (applied.Groups["kind"].Value, applied.Groups["arguments"].Value);
            _taps[applied.Groups["name"].Value] = AddCall(kind, arguments, applied.Groups["inputs"].Value);
        }
        else if (Made().Match(line) is { Success: true } made)
        {
            (string name, string kind, string arguments) = (made.Groups["name"].Value, made.Groups["kind"].Value, made.Groups["arguments"].Value);
            if (kind == "Input")
                _taps[name] = AddInput();
            else if (_objects.TryGetValue(kind, out (string Kind, string Arguments) found))
                _taps[name] = AddCall(found.Kind, found.Arguments, arguments);
            else
                _objects[name] = (kind, arguments);
        }
        else
        {
            throw new NotCoveredException("a case whose lines are cut");
        }
    }

    private string AddCall(string kind, string arguments, string inputs)
    {
        Layer row = LayerTable.Find(kind) ?? throw new NotCoveredException($"the layer {kind}");
        IReadOnlyList<string> names = [.. inputs.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries)];
        if (names.FirstOrDefault(n => !_taps.ContainsKey(n)) is not null)
            throw new NotCoveredException("a case that does not say its layers");

        List<ArgumentSpec> specs = [];
        List<string> named = [];
        foreach (string argument in Split(arguments))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            using JsonDocument json = JsonDocument.Parse(ToJson(argument[(equals + 1)..]));
            if (equals < 0)
                specs.Add(new ArgumentSpec(row.Arguments[specs.Count], KerasTape.Value(new KerasValue(json.RootElement))));
            else
                named.Add($"\"{argument[..equals].Trim()}\": {json.RootElement.GetRawText()}");
        }

        using JsonDocument config = JsonDocument.Parse($"{{{string.Join(", ", named)}}}");
        return AddLayer(kind, [.. specs, .. KerasTape.ConfigArguments(row, new KerasValue(config.RootElement), isLegacy: true)], [.. names.Select(n => _taps[n])]);
    }

    private static IReadOnlyList<ArgumentSpec> Arguments(string kind, KerasValue config) =>
        KerasTape.ConfigArguments(LayerTable.Find(kind) ?? throw new NotCoveredException($"the layer {kind}"), config, isLegacy: true);

    private string AddInput()
    {
        KerasArray x = _inputs.Count > 0 ? _inputs.Dequeue() : throw new NotCoveredException("a case with fewer arrays than inputs");
        return Tape.AddInput(x with { Shape = [1, .. x.Shape], DType = "float32" });
    }

    private string AddLayer(string kind, IEnumerable<ArgumentSpec> arguments, IReadOnlyList<string> inputs)
    {
        string tap = Tape.AddLayer(kind, arguments, inputs);
        _layers.Add((tap, inputs));
        return tap;
    }

    /// <summary>The arguments between the commas that stand in no bracket.</summary>
    private static IEnumerable<string> Split(string arguments)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= arguments.Length; i++)
        {
            char c = i < arguments.Length ? arguments[i] : ',';
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == arguments.Length))
            {
                if (arguments[start..i].Trim().Length > 0)
                    yield return arguments[start..i].Trim();
                start = i + 1;
            }
        }
    }

    private static string ToJson(string python) => python.Trim()
        .Replace('\'', '"').Replace('(', '[').Replace(')', ']').Replace(",]", "]", StringComparison.Ordinal)
        .Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal).Replace("None", "null", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<name>\w+) = (?<kind>\w+)\((?<arguments>.*)\)\((?<inputs>[^()]*)\)$")]
    private static partial Regex Applied();

    [GeneratedRegex(@"^(?<name>\w+) = (?<kind>\w+)\((?<arguments>.*)\)$")]
    private static partial Regex Made();

    [GeneratedRegex(@"alpha=([\d.]+)")]
    private static partial Regex Alpha();
}
