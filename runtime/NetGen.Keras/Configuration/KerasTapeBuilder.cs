using System.Text.Json;
using NetGen.Generator;
using NetGen.Importing;

namespace NetGen.Keras;

/// <summary>
/// Writes the tape of a model: layer by layer in Keras's order, models within it flat, with their names before those of their layers, and a layer that is called again as Reuse. What cannot be
/// said is collected, and what follows from it is not complained about.
/// </summary>
internal sealed class KerasTapeBuilder(string path, KerasImportOptions options)
{
    /// <summary>A network has at most as many names that carry Trainable.</summary>
    private const int MostFrozen = 64;

    private readonly List<string> problems = [];
    private readonly List<string> notes = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Where the weights of each layer of the tape are in Keras's terms: in files of Keras 3, and in those of Keras 2.</summary>
    private readonly Dictionary<string, (IReadOnlyList<string> Path, IReadOnlyList<string> LegacyPath)> paths = new(StringComparer.Ordinal);

    /// <summary>The name on the tape of each layer that has been applied, by its path.</summary>
    private readonly Dictionary<string, string> applied = new(StringComparer.Ordinal);

    /// <summary>What the first call of each layer says beside its inputs, by the layer's path.</summary>
    private readonly Dictionary<string, List<ArgumentSpec>> calls = new(StringComparer.Ordinal);

    private TapeSession session = null!;
    private NetworkSource? source;
    private bool isLegacy;
    private bool keepsFrozen;

    public IReadOnlyList<string> Notes => this.notes;

    public NetworkSource Source => this.source ?? throw new InvalidOperationException("Nothing was built.");

    public IEnumerable<Parameter> Parameters => this.session.Parameters;

    /// <summary>A parameter of the tape as what is looked for in the file.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="isLegacy">Whether the file is of Keras 2's form.</param>
    public WantedWeight Wanted(string parameter, int[] shape, bool isLegacy)
    {
        string[] parts = parameter.Split('/');
        (IReadOnlyList<string> path, IReadOnlyList<string> legacyPath) = this.paths[parts[0]];
        return new WantedWeight(parameter, [.. isLegacy ? legacyPath : path, .. parts[1..^1]], parts[^1], shape);
    }

    /// <exception cref="ImportException">Something cannot be said; all of it is listed.</exception>
    /// <exception cref="FormatException">It is no configuration of a model.</exception>
    public void Build(JsonElement root)
    {
        string className = KerasJson.Text(root, "class_name") ?? throw new FormatException("It has no 'class_name'.");
        JsonElement config = KerasJson.Member(root, "config") ?? throw new FormatException("It has no 'config'.");
        if (!KerasModel.IsModel(className, config))
        {
            throw new ImportException(path, [$"The model is a {ModelFileException.Shorten(className)}, which Python code makes; only sequential and functional models say their layers."]);
        }

        // Keras 3 says of each object in which module it is.
        this.isLegacy = KerasJson.Text(root, "module") is null;
        KerasModel model = KerasModel.Read(className, config);
        this.keepsFrozen = CountFrozen(model) <= MostFrozen;
        if (!this.keepsFrozen)
        {
            this.notes.Add($"More than {MostFrozen} of its layers do not train in Keras; here all train, as a network has at most {MostFrozen} names with Trainable. A block around them freezes them together.");
        }

        List<LayerSpec> inputs = [];
        List<string> taps = [];
        KerasModelLayer[] given = [.. this.InputLayers(model)];
        this.problems.AddRange((options.InputShapes?.Keys ?? []).Except(given.Select(l => l.Name)).Order(StringComparer.Ordinal).Select(name => $"InputShapes names '{name}', which is no input of the model."));
        foreach (KerasModelLayer layer in given)
        {
            string name = this.Unique(layer.Name);
            taps.Add(name);
            if (this.Input(layer, name, model) is { } input)
            {
                inputs.Add(input);
            }
        }

        if (taps.Count == 0)
        {
            this.problems.Add("The model has no input: its layers were never built, so their shapes are not known.");
        }

        this.Check();
        try
        {
            this.session = new TapeSession(inputs);
        }
        catch (ArgumentException e)
        {
            throw new ImportException(path, [e.Message.Split(" (Parameter")[0]]);
        }

        List<string?> outputs = this.Apply(model, [.. taps], "", []);
        this.Check();
        List<ElementSpec> elements = [.. this.session.Elements];
        if (outputs.Count > 1 || outputs[0] != this.session.Current)
        {
            elements.AddRange(outputs.Distinct().Select(o => new LayerSpec("Output", EquatableArray.Of(new ArgumentSpec("From", new TextValue(o!))), 0)));
        }

        string title = $"The model '{NetworkSource.LayerName(model.Name)}' of Keras, imported from {Path.GetFileName(path)}.";
        this.source = new NetworkSource(options.Namespace, options.ClassName ?? NetworkSource.Identifier(Path.GetFileNameWithoutExtension(path)), elements, [title]) { Options = NetworkSource.TrainingOptions(options.Training) };
        TapeResult result = Tape.Build(new ModelSpec(new TypeSpec("", EquatableArray<string>.Empty, this.source.ClassName, "public", false), EquatableArray<ArgumentSpec>.Empty, elements.Select((e, i) => e with { Attribute = i }).ToEquatableArray()), training: false);
        this.problems.AddRange(result.Problems.Select(p => p.Message));
        this.Check();
    }

    private static int CountFrozen(KerasModel model) =>
        model.Layers.Sum(l => l.Model is { } inner ? CountFrozen(inner) : IsFrozen(l) ? 1 : 0);

    private static bool IsFrozen(KerasModelLayer layer) => KerasJson.Member(layer.Config, "trainable") is { ValueKind: JsonValueKind.False };

    private void Check()
    {
        if (this.problems.Count > 0)
        {
            throw new ImportException(path, this.problems);
        }
    }

    private IEnumerable<KerasModelLayer> InputLayers(KerasModel model)
    {
        if (model.Inputs is null)
        {
            // A sequential model may begin with another one.
            KerasModelLayer? first = model.Layers.FirstOrDefault();
            return first is null ? [] : first.ClassName == "InputLayer" ? [first] : first.Model is { } inner ? this.InputLayers(inner).Select(l => l with { Name = model.Name + "_" + l.Name }) : [];
        }

        ILookup<string, KerasModelLayer> layers = model.Layers.ToLookup(l => l.Name, StringComparer.Ordinal);
        return model.Inputs.Select(r => layers[r.Layer].FirstOrDefault() ?? throw new FormatException($"The input '{ModelFileException.Shorten(r.Layer)}' is no layer of the model."));
    }

    private LayerSpec? Input(KerasModelLayer layer, string name, KerasModel model)
    {
        int[]? shape = options.InputShapes is { } given && given.TryGetValue(layer.Name, out int[]? own) ? own : layer.Shape?[Math.Min(1, layer.Shape.Length)..];
        if (shape is null)
        {
            this.problems.Add($"The input '{layer.Name}' has no shape. Give it with the option InputShapes.");
            return null;
        }

        if (shape.Skip(1).Contains(Dim.Any) || (shape is [Dim.Any, _, _, ..] && shape.Length > 2))
        {
            string text = string.Join(", ", shape.Select(d => d == Dim.Any ? "None" : d.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            this.problems.Add($"The input '{layer.Name}' is of the shape (None, {text}), but a network is compiled for one size of its images. Give it with the option InputShapes, for example ({layer.Name}: {string.Join(", ", shape.Select(d => d == Dim.Any ? 224 : d))}).");
            return null;
        }

        List<ArgumentSpec> arguments = [new("Shape", new ArrayValue(shape.Select(d => (ArgumentValue)new IntegerValue(d)).ToEquatableArray())), new("Name", new TextValue(name))];

        // Keras's tokens are floats unless somebody says otherwise.
        bool isToken = model.Inputs is null ? model.Layers.FirstOrDefault(l => l.ClassName != "InputLayer") is { ClassName: "Embedding" }
            : model.Layers.Any(l => l.ClassName == "Embedding" && l.Calls.Any(c => c.Inputs.Any(i => i.Layer == layer.Name)));
        if (isToken || layer.Type is { } type && type.Contains("int", StringComparison.Ordinal))
        {
            arguments.Add(new("Type", new EnumValue("ElementType", "Int32")));
        }

        return new LayerSpec("Input", arguments.ToEquatableArray(), 0);
    }

    /// <summary>Applies the layers of a model and gives the taps of its outputs; null for those that what cannot be said leaves open.</summary>
    private List<string?> Apply(KerasModel model, List<string?> inputs, string prefix, IReadOnlyList<string> around)
    {
        if (model.Inputs is null)
        {
            List<string?> current = [inputs[0]];
            foreach (KerasModelLayer layer in model.Layers.Where(l => l.ClassName != "InputLayer"))
            {
                current = this.Apply(layer, new KerasCall([], new Dictionary<string, List<KerasTensorReference>>(), new Dictionary<string, JsonElement>()), [current[0]], _ => null, prefix, around);
            }

            return [current[0]];
        }

        Dictionary<string, KerasModelLayer> layers = model.Layers.DistinctBy(l => l.Name).ToDictionary(l => l.Name, StringComparer.Ordinal);
        Dictionary<(string Layer, int Node), List<string?>> taps = [];
        if (inputs.Count != model.Inputs.Count)
        {
            throw new FormatException($"The model '{model.Name}' has {model.Inputs.Count} inputs, but is called with {inputs.Count}.");
        }

        for (int i = 0; i < model.Inputs.Count; i++)
        {
            taps[(model.Inputs[i].Layer, 0)] = [inputs[i]];
        }

        // Calls follow those that they take outputs of; among those that can be made, Keras's order stays.
        Dictionary<string, int> offsets = Offsets(model);
        List<(KerasModelLayer Layer, int Node)> waiting = [.. model.Layers.Where(l => l.ClassName != "InputLayer").SelectMany(l => l.Calls.Select((_, i) => (l, i)))];
        Dictionary<(string Layer, int Node), List<(KerasModelLayer Layer, int Node)>> followers = [];
        Dictionary<(KerasModelLayer Layer, int Node), int> open = [];
        PriorityQueue<(KerasModelLayer Layer, int Node), int> ready = new();
        Dictionary<(KerasModelLayer Layer, int Node), int> order = [];
        foreach ((int index, (KerasModelLayer Layer, int Node) call) in waiting.Index())
        {
            order[call] = index;
            (string Layer, int Node)[] needed = [.. call.Layer.Calls[call.Node].All.Select(Key).Distinct().Where(k => !taps.ContainsKey(k))];
            open[call] = needed.Length;
            foreach ((string Layer, int Node) key in needed)
            {
                if (!layers.TryGetValue(key.Layer, out KerasModelLayer? source) || key.Node >= source.Calls.Count)
                {
                    throw new FormatException($"The layer '{call.Layer.Name}' takes an output of '{ModelFileException.Shorten(key.Layer)}' that is not there.");
                }

                (followers.TryGetValue(key, out List<(KerasModelLayer Layer, int Node)>? list) ? list : followers[key] = []).Add(call);
            }

            if (needed.Length == 0)
            {
                ready.Enqueue(call, index);
            }
        }

        while (ready.TryDequeue(out (KerasModelLayer Layer, int Node) call, out _))
        {
            KerasCall node = call.Layer.Calls[call.Node];
            taps[(call.Layer.Name, call.Node)] = this.Apply(call.Layer, node, [.. node.Inputs.Select(Tap)], Tap, prefix, around);
            foreach ((KerasModelLayer Layer, int Node) follower in followers.GetValueOrDefault((call.Layer.Name, call.Node)) ?? [])
            {
                if (--open[follower] == 0)
                {
                    ready.Enqueue(follower, order[follower]);
                }
            }
        }

        string[] stuck = [.. waiting.Where(c => open[c] > 0).Select(c => c.Layer.Name).Distinct().Take(5)];
        if (stuck.Length > 0)
        {
            throw new FormatException($"Layers take each other's outputs in a circle: {string.Join(", ", stuck.Select(ModelFileException.Shorten))}.");
        }

        return [.. model.Outputs!.Select(o => taps.ContainsKey(Key(o)) ? Tap(o) : throw new FormatException($"The output '{ModelFileException.Shorten(o.Layer)}' is no output of a layer."))];

        // A model that is called counts the call that it was made by, which is not in the configuration.
        (string Layer, int Node) Key(KerasTensorReference reference) => (reference.Layer, Math.Max(0, reference.Node - offsets.GetValueOrDefault(reference.Layer)));

        string? Tap(KerasTensorReference reference)
        {
            List<string?> outputs = taps[Key(reference)];
            return reference.Tensor < outputs.Count ? outputs[reference.Tensor] : outputs.Contains(null) ? null : throw new FormatException($"'{ModelFileException.Shorten(reference.Layer)}' has {outputs.Count} outputs; its number {reference.Tensor} is taken.");
        }
    }

    /// <summary>From which number on the calls of each layer are counted.</summary>
    private static Dictionary<string, int> Offsets(KerasModel model)
    {
        Dictionary<string, int> offsets = new(StringComparer.Ordinal);
        HashSet<string> models = [.. model.Layers.Where(l => l.Model is not null).Select(l => l.Name)];
        foreach (IGrouping<string, KerasTensorReference> references in model.Layers.SelectMany(l => l.Calls).SelectMany(c => c.All).Concat(model.Outputs!).Where(r => models.Contains(r.Layer)).GroupBy(r => r.Layer))
        {
            int calls = model.Layers.First(l => l.Name == references.Key).Calls.Count;
            offsets[references.Key] = references.Min(r => r.Node) > 0 || references.Max(r => r.Node) >= calls ? 1 : 0;
        }

        return offsets;
    }

    private List<string?> Apply(KerasModelLayer layer, KerasCall call, List<string?> inputs, Func<KerasTensorReference, string?> tap, string prefix, IReadOnlyList<string> around)
    {
        string shown = prefix.Length == 0 ? layer.Name : prefix + "_" + layer.Name;
        if (layer.Model is { } model)
        {
            int outputs = model.Outputs?.Count ?? 1;
            return inputs.Contains(null) ? [.. Enumerable.Repeat<string?>(null, outputs)] : this.Apply(model, inputs, shown, [.. around, layer.Name]);
        }

        KerasLayer read = KerasLayer.Read(layer.ClassName, layer.Config, this.isLegacy);
        string layerPath = string.Join('/', around.Append(layer.Name));
        bool isAgain = this.calls.TryGetValue(layerPath, out List<ArgumentSpec>? before);
        List<string> faults = isAgain ? [] : [.. read.Problems];
        List<ArgumentSpec> arguments = [.. read.Arguments];
        if (call.Problem is { } fault)
        {
            faults.Add(fault);
        }

        List<List<ArgumentSpec>> ofParts = [];
        if (read.Kind is not null)
        {
            ReadCall(read.Parts.Count > 0 ? read.Parts[0].Kind : read.Kind, call, inputs, arguments, faults, tap);
            List<ArgumentSpec> called = [.. arguments.Skip(read.Arguments.Count)];
            if (isAgain && !before!.SequenceEqual(called))
            {
                faults.Add("It is called again with other states, masks or options than before; Reuse takes those of the first call.");
            }

            this.calls.TryAdd(layerPath, called);
            try
            {
                ofParts = read.Parts.Count > 0 ? KerasPart.Distribute(read.Parts, arguments) : [];
            }
            catch (NotSupportedException e)
            {
                faults.Add(e.Message);
            }

            if (read.MaskProblem is { } problem && (arguments.Exists(a => a.Name == "Mask") || (inputs is [{ } x, ..] && this.session.HasMask(x))))
            {
                faults.Add(problem);
            }
        }

        this.problems.AddRange(faults.Select(f => $"The layer '{ModelFileException.Shorten(shown)}' ({ModelFileException.Shorten(layer.ClassName)}): {f}"));
        if (read.Kind is null || faults.Count > 0 || inputs.Contains(null) || inputs.Count == 0)
        {
            return [.. Enumerable.Repeat<string?>(null, 8)];
        }

        if (read.Parts.Count == 0)
        {
            IReadOnlyList<string> path = [.. around, layer.Name];
            return this.Apply(layer, shown, read.Kind, arguments, [.. inputs.Select(i => i!)], path, path) is { } name ? [name, .. Further(read.Kind, arguments, call).Select(f => name + "." + f)] : [.. Enumerable.Repeat<string?>(null, 8)];
        }

        List<string> taps = [];
        foreach ((int i, KerasPart part) in read.Parts.Index())
        {
            string name = part.Name.Length == 0 ? shown : shown + "_" + part.Name;
            if (this.Apply(layer, name, part.Kind, ofParts[i], [.. part.Inputs.SelectMany(at => at < 0 ? inputs.Select(t => t!) : [taps[at]])], [.. around, layer.Name, .. part.Path], [.. around, layer.Name, .. part.LegacyPath]) is not { } made)
            {
                return [.. Enumerable.Repeat<string?>(null, read.Outputs.Count)];
            }

            taps.Add(made);
        }

        return [.. read.Outputs.Select(o => o.Tap is null ? taps[o.Part] : $"{taps[o.Part]}.{o.Tap}")];
    }

    /// <summary>Applies one layer of the tape and gives its name there; null where it does not fit, which is among the problems then.</summary>
    private string? Apply(KerasModelLayer layer, string shown, string kind, List<ArgumentSpec> arguments, IReadOnlyList<string> inputs, IReadOnlyList<string> path, IReadOnlyList<string> legacyPath)
    {
        // The last axis is what these layers take by themselves.
        if (kind is "BatchNormalization" or "LayerNormalization" or "Normalization" or "Softmax" or "Concatenate" && this.session.Shape(inputs[0]) is { } shape)
        {
            arguments.RemoveAll(a => a.Name == "Axis" && a.Value == new IntegerValue(shape.Rank - 1));
        }

        string name = this.Unique(shown);
        string key = string.Join('/', path);
        bool hasWeights = this.applied.TryGetValue(key, out string? before) && this.session.Parameters.Any(p => p.Name.StartsWith(before + "/", StringComparison.Ordinal));
        bool takesSeveral = LayerTable.Find(kind)!.Inputs.Most > 1;
        bool isCurrent = inputs.Count == 1 && inputs[0] == this.session.Current;
        List<ArgumentSpec> all = hasWeights ? [new("Layer", new TextValue(before!))] : arguments;
        if (takesSeveral && !hasWeights)
        {
            all.Add(new("Inputs", new ArrayValue(inputs.Select(i => (ArgumentValue)new TextValue(i)).ToEquatableArray())));
        }
        else if (inputs.Count > 1)
        {
            this.problems.Add($"The layer '{ModelFileException.Shorten(shown)}' ({layer.ClassName}): It takes {inputs.Count} inputs{(hasWeights ? " and is applied again" : "")}, which NetGen cannot say.");
            return null;
        }
        else if (!isCurrent)
        {
            all.Add(new("From", new TextValue(inputs[0])));
        }

        if (!hasWeights && this.keepsFrozen && IsFrozen(layer) && layer.ClassName is not "InputLayer")
        {
            all.Add(new("Trainable", new BooleanValue(false)));
        }

        all.Add(new("Name", new TextValue(name)));
        if (this.session.Apply(new LayerSpec(hasWeights ? "Reuse" : kind, all.ToEquatableArray(), 0)) is { } problem)
        {
            this.problems.Add(problem.Message);
            return null;
        }

        if (!hasWeights)
        {
            this.paths[name] = (path, legacyPath);
            this.applied.TryAdd(key, name);
        }

        return name;
    }

    /// <summary>What a call says beside the first input: states, masks, keys and values.</summary>
    private static void ReadCall(string kind, KerasCall call, List<string?> inputs, List<ArgumentSpec> arguments, List<string> faults, Func<KerasTensorReference, string?> tap)
    {
        IReadOnlyList<string> known = LayerTable.Find(kind)!.Arguments;
        foreach ((string name, List<KerasTensorReference> references) in call.Named)
        {
            List<string?> taps = [.. references.Select(tap)];
            if (name is "inputs" or "query" or "value" or "key" or "x1" or "x2")
            {
                continue;
            }

            string? argument = name switch
            {
                "initial_state" when known.Contains("InitialState") => "InitialState",
                "attention_mask" when known.Contains("AttentionMask") => "AttentionMask",
                "mask" when taps.Count == 1 => "Mask",
                _ => null,
            };
            if (argument is null)
            {
                faults.Add($"It is called with {ModelFileException.Shorten(name)}, which NetGen cannot say.");
            }
            else if (!taps.Contains(null))
            {
                ArgumentValue[] values = [.. taps.Select(t => (ArgumentValue)new TextValue(t!))];
                arguments.Add(new(argument, values.Length == 1 ? values[0] : new ArrayValue(values.ToEquatableArray())));
            }
        }

        foreach (string name in new[] { "inputs", "query", "value", "key", "x1", "x2" }.Where(call.Named.ContainsKey))
        {
            inputs.AddRange(call.Named[name].Select(tap));
        }

        // Keras 2 puts the states behind the input.
        if (inputs.Count > 1 && known.Contains("InitialState"))
        {
            if (!inputs.Contains(null))
            {
                ArgumentValue[] states = [.. inputs.Skip(1).Select(t => (ArgumentValue)new TextValue(t!))];
                arguments.Add(new("InitialState", states.Length == 1 ? states[0] : new ArrayValue(states.ToEquatableArray())));
                inputs.RemoveRange(1, inputs.Count - 1);
            }
        }

        foreach ((string name, JsonElement value) in call.Options)
        {
            if (name == "use_causal_mask" && value.ValueKind == JsonValueKind.True && known.Contains("UseCausalMask"))
            {
                arguments.Add(new("UseCausalMask", new BooleanValue(true)));
            }
            else if (value.ValueKind != JsonValueKind.False && name is not ("training" or "return_attention_scores" or "name"))
            {
                faults.Add($"It is called with {ModelFileException.Shorten(name)} = {KerasJson.Short(value)}, which NetGen cannot say.");
            }
        }
    }

    /// <summary>The taps of a layer's outputs behind the first, in Keras's order.</summary>
    private static IEnumerable<string> Further(string kind, List<ArgumentSpec> arguments, KerasCall call)
    {
        if (call.Options.TryGetValue("return_attention_scores", out JsonElement scores) && scores.ValueKind == JsonValueKind.True)
        {
            return ["scores"];
        }

        string[] states = !arguments.Contains(new ArgumentSpec("ReturnState", new BooleanValue(true))) ? [] : kind.Contains("LSTM", StringComparison.Ordinal) ? ["state_h", "state_c"] : ["state_h"];
        ArgumentValue? merge = arguments.Find(a => a.Name == "Bidirectional")?.Value;
        return merge is null ? states
            : [.. merge is EnumValue { Member: nameof(Merge.None) } ? ["backward"] : Array.Empty<string>(), .. states.Select(s => "forward_" + s), .. states.Select(s => "backward_" + s)];
    }

    private string Unique(string name)
    {
        string clean = NetworkSource.LayerName(name);
        clean = clean.Length == 0 ? "layer" : clean;
        string unique = clean;
        for (int i = 1; !this.names.Add(unique); i++)
        {
            unique = FormattableString.Invariant($"{clean}_{i}");
        }

        return unique;
    }
}
