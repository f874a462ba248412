using System.Text.Json;
using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>A layer of a configuration as a layer of the tape; what Keras wraps around it is an argument of it.</summary>
/// <param name="Kind">NetGen's layer; null where there is none, which <paramref name="Problems"/> tells.</param>
/// <param name="Arguments">Its arguments, without inputs and name.</param>
/// <param name="Problems">What NetGen cannot say, a sentence each.</param>
internal sealed record KerasLayer(string? Kind, List<ArgumentSpec> Arguments, List<string> Problems)
{
    private const int MostLevels = 16;

    /// <summary>The layers of the tape that it becomes, where that are several; else none.</summary>
    public IReadOnlyList<KerasPart> Parts { get; init; } = [];

    /// <summary>Which outputs of which parts are the layer's, in Keras's order.</summary>
    public IReadOnlyList<(int Part, string? Tap)> Outputs { get; init; } = [];

    /// <summary>Why it cannot be said of an input with a mask, a sentence; or null.</summary>
    public string? MaskProblem { get; init; }

    /// <param name="className">Keras's class.</param>
    /// <param name="config">The layer's own configuration.</param>
    /// <param name="isLegacy">Whether Keras 1 or 2 wrote it.</param>
    public static KerasLayer Read(string className, JsonElement config, bool isLegacy) => Read(className, config, isLegacy, 0);

    private static KerasLayer Read(string className, JsonElement config, bool isLegacy, int level)
    {
        List<string> problems = [];
        if (className is "Bidirectional" or "TimeDistributed" or "SpectralNormalization")
        {
            if (level > MostLevels || KerasJson.Member(config, "layer") is not { } inner || KerasJson.Text(inner, "class_name") is not { } innerClass || KerasJson.Member(inner, "config") is not { } innerConfig)
            {
                return new KerasLayer(null, [], [$"The {className} has no layer."]);
            }

            KerasLayer layer = Read(innerClass, innerConfig, isLegacy, level + 1);
            if (className == "Bidirectional")
            {
                return OfDirections(layer, innerClass, innerConfig, config, isLegacy, level);
            }

            problems.AddRange(layer.Problems);
            bool isDistributed = className == "TimeDistributed";
            if (!isDistributed && layer.Kind is { } wrapped && LayerTable.Find(wrapped)?.Arguments.Contains(className) != true)
            {
                problems.Add($"SpectralNormalization wraps a {wrapped}, which has not one kernel.");
            }

            ArgumentSpec argument = isDistributed ? new(className, new BooleanValue(true))
                : new(className, new IntegerValue(KerasJson.Member(config, "power_iterations") is { ValueKind: JsonValueKind.Number } iterations ? (long)KerasJson.Number(iterations) : 1));
            foreach (List<ArgumentSpec> arguments in layer.Parts.Select(p => p.Arguments).DefaultIfEmpty(layer.Arguments))
            {
                arguments.Add(argument);
            }

            return layer with { Problems = problems };
        }

        if (className == "RNN" && KerasJson.Member(config, "cell") is { } cell)
        {
            if (CellKind(cell) is { } cellKind)
            {
                return new KerasLayer(cellKind, OfCell(cellKind, cell, config, isLegacy, problems), problems);
            }

            bool isList = cell.ValueKind == JsonValueKind.Array;
            if ((isList || KerasJson.Text(cell, "class_name") == "StackedRNNCells") && (isList ? cell : KerasJson.Member(cell, "config") is { } stack ? KerasJson.Member(stack, "cells") : null) is { ValueKind: JsonValueKind.Array } cells)
            {
                return OfStack(cells, NameOf(cell) ?? "stacked_rnn_cells", config, isLegacy, problems);
            }
        }

        string kind = KerasArguments.KindOf(className);
        if (LayerTable.Find(kind) is null)
        {
            problems.Add(className switch
            {
                "Lambda" => "Python code cannot be imported.",
                "RNN" => OfOtherCell(KerasJson.Member(config, "cell")),
                "MixUp" or "CutMix" => $"It mixes samples and labels, which a data set does in NetGen: source.{className}(...).",
                _ => $"NetGen has no such layer.{Generator.NearestName.Question(Generator.NearestName.Find(kind, LayerTable.All.Select(l => l.Kind)))}",
            });
            return new KerasLayer(null, [], problems);
        }

        return new KerasLayer(kind, KerasArguments.Read(kind, config, isLegacy, problems), problems);
    }

    /// <summary>Two directions: an argument of the layer where both have its configuration, else a layer each and one that brings them together.</summary>
    private static KerasLayer OfDirections(KerasLayer layer, string innerClass, JsonElement innerConfig, JsonElement config, bool isLegacy, int level)
    {
        List<string> problems = [.. layer.Problems];
        string mode = config.TryGetProperty("merge_mode", out JsonElement merge) ? merge.ValueKind == JsonValueKind.String ? merge.GetString()! : "None" : "concat";
        string? member = Enum.GetNames<Merge>().FirstOrDefault(n => string.Equals(n, mode, StringComparison.OrdinalIgnoreCase));
        if (member is null)
        {
            problems.Add($"Bidirectional has no merge_mode {ModelFileException.Shorten(mode)}.");
        }

        bool isStateful = KerasJson.Member(config, "stateful") is { ValueKind: JsonValueKind.True };
        JsonElement? given = KerasJson.Member(config, "backward_layer");
        if (layer.Parts.Count > 0 || (given is { } other && (KerasJson.Text(other, "class_name") != innerClass || KerasJson.Member(other, "config") is not { } otherConfig || Differs(innerConfig, otherConfig) || Differs(otherConfig, innerConfig))))
        {
            KerasLayer backward = given is { } own ? KerasJson.Text(own, "class_name") is { } ownClass && KerasJson.Member(own, "config") is { } ownConfig ? Read(ownClass, ownConfig, isLegacy, level + 1) : new KerasLayer(null, [], ["Its backward layer is not told."])
                : Read(innerClass, innerConfig, isLegacy, level + 1);
            problems.AddRange(backward.Problems.Except(problems));
            return problems.Count > 0 ? new KerasLayer(null, [], problems) : KerasDirections.Of(layer, backward, isGiven: given is not null, isStateful, Enum.Parse<Merge>(member!));
        }

        List<ArgumentSpec> arguments = layer.Arguments;
        if (layer.Kind is not null && !LayerTable.Find(layer.Kind)!.Arguments.Contains("Bidirectional"))
        {
            problems.Add($"Bidirectional wraps a {layer.Kind}; NetGen has two directions of recurrent layers.");
        }

        if (isStateful)
        {
            arguments.RemoveAll(a => a.Name == "Stateful");
            arguments.Add(new("Stateful", new BooleanValue(true)));
        }

        arguments.Add(new("Bidirectional", new EnumValue(nameof(Merge), member ?? nameof(Merge.Concat))));
        return new KerasLayer(layer.Kind, arguments, problems);
    }

    /// <summary>The layer that has a cell within it; null where there is none.</summary>
    private static string? CellKind(JsonElement cell) => KerasJson.Text(cell, "class_name") is "SimpleRNNCell" or "LSTMCell" or "GRUCell" && KerasJson.Member(cell, "config") is not null ? KerasJson.Text(cell, "class_name")![..^"Cell".Length] : null;

    private static string? NameOf(JsonElement layer) => KerasJson.Member(layer, "config") is { } config ? KerasJson.Text(config, "name") : null;

    /// <summary>The arguments of a cell, and those of the loop around it.</summary>
    private static List<ArgumentSpec> OfCell(string kind, JsonElement cell, JsonElement loop, bool isLegacy, List<string> problems)
    {
        List<ArgumentSpec> arguments = KerasArguments.Read(kind, KerasJson.Member(cell, "config")!.Value, isLegacy, problems);
        List<string> outer = [];
        arguments.AddRange(KerasArguments.Read(kind, loop, isLegacy: false, outer).Where(a => arguments.TrueForAll(b => b.Name != a.Name)));
        problems.AddRange(outer.Where(p => !p.StartsWith("The argument cell ", StringComparison.Ordinal) && !problems.Contains(p)));
        return arguments;
    }

    /// <summary>
    /// Cells on top of each other as a layer each: the cells see nothing but what the one before gives at the same step, and a step that is masked keeps the states of all. Only the first turns
    /// the time, and only the last says what of the outputs goes on.
    /// </summary>
    private static KerasLayer OfStack(JsonElement cells, string name, JsonElement loop, bool isLegacy, List<string> problems)
    {
        List<KerasPart> parts = [];
        List<(int Part, string? Tap)> states = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        JsonElement[] all = [.. cells.EnumerateArray()];
        for (int i = 0; i < all.Length; i++)
        {
            if (CellKind(all[i]) is not { } kind)
            {
                problems.Add(OfOtherCell(all[i]));
                continue;
            }

            List<ArgumentSpec> arguments = OfCell(kind, all[i], loop, isLegacy, problems);
            if (i > 0)
            {
                arguments.RemoveAll(a => a.Name == "GoBackwards");
            }

            if (i < all.Length - 1)
            {
                arguments.RemoveAll(a => a.Name is "ReturnSequences" or "ZeroOutputForMask" or TapeWords.ActivityRegularizer);
                arguments.Add(new("ReturnSequences", new BooleanValue(true)));
            }

            // Keras 3 counts cells within their classes, and Keras 2 has their names; of a cell that is alone that is left out.
            string key = KerasNames.SnakeCase(kind + "Cell"), own = NameOf(all[i]) ?? key;
            int count = counts[key] = counts.GetValueOrDefault(key, -1) + 1;
            string[] path = ["cells", count == 0 ? key : FormattableString.Invariant($"{key}_{count}")];
            string[] legacyPath = all.Length == 1 && KerasNames.IsCell(own) ? [name] : [name, own];
            string[] taps = kind == "LSTM" ? ["state_h", "state_c"] : ["state_h"];
            if (arguments.Contains(new ArgumentSpec("ReturnState", new BooleanValue(true))))
            {
                int part = parts.Count;
                states.AddRange(taps.Select(t => (part, (string?)t)));
            }

            parts.Add(new KerasPart(i == all.Length - 1 ? "" : FormattableString.Invariant($"cell_{i}"), kind, arguments, [i - 1], path, legacyPath, taps.Length));
        }

        if (all.Length == 0)
        {
            problems.Add("Its stack has no cells.");
        }

        return new KerasLayer(problems.Count == 0 ? "RNN" : null, [], problems)
        {
            Parts = parts,
            Outputs = [(parts.Count - 1, null), .. states],
            MaskProblem = parts is [{ } first, _, ..] && first.Arguments.Contains(new ArgumentSpec("GoBackwards", new BooleanValue(true)))
                ? "It goes backwards over a stack of cells; the mask of its input (of lengths, where any time is taken) would meet the second cell in the order of time, and not of the steps." : null,
        };
    }

    private static string OfOtherCell(JsonElement? cell)
    {
        string? name = cell is { } own ? KerasJson.Text(own, "class_name") : null;
        return $"Its cell is {(name is null ? "not told" : $"a {ModelFileException.Shorten(name)}")}; those of LSTM, GRU and SimpleRNN can be imported, alone and in stacks.";
    }

    /// <summary>Whether a configuration has something that another has not.</summary>
    private static bool Differs(JsonElement one, JsonElement other) => one.ValueKind != JsonValueKind.Object || other.ValueKind != JsonValueKind.Object
        || one.EnumerateObject().Any(p => p.Name is not ("name" or "go_backwards") && (!other.TryGetProperty(p.Name, out JsonElement value) || !AreSame(p.Value, value)));

    /// <summary>Whether two values say the same; the names of cells do not matter.</summary>
    private static bool AreSame(JsonElement one, JsonElement other) => one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object ? !Differs(one, other) && !Differs(other, one) : one.GetRawText() == other.GetRawText();
}
