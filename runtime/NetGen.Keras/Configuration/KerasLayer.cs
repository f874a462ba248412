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
            problems.AddRange(layer.Problems);
            List<ArgumentSpec> arguments = layer.Arguments;
            if (className == "TimeDistributed")
            {
                arguments.Add(new("TimeDistributed", new BooleanValue(true)));
                return new KerasLayer(layer.Kind, arguments, problems);
            }

            if (className == "SpectralNormalization")
            {
                if (layer.Kind is not null && !LayerTable.Find(layer.Kind)!.Arguments.Contains(className))
                {
                    problems.Add($"SpectralNormalization wraps a {layer.Kind}, which has not one kernel.");
                }

                arguments.Add(new(className, new IntegerValue(KerasJson.Member(config, "power_iterations") is { ValueKind: JsonValueKind.Number } iterations ? (long)KerasJson.Number(iterations) : 1)));
                return new KerasLayer(layer.Kind, arguments, problems);
            }

            if (KerasJson.Member(config, "backward_layer") is { } backward && Differs(innerConfig, KerasJson.Member(backward, "config")))
            {
                problems.Add("Its backward layer has a configuration of its own.");
            }

            if (layer.Kind is not null && !LayerTable.Find(layer.Kind)!.Arguments.Contains("Bidirectional"))
            {
                problems.Add($"Bidirectional wraps a {layer.Kind}; NetGen has two directions of recurrent layers.");
            }

            if (KerasJson.Member(config, "stateful") is { ValueKind: JsonValueKind.True })
            {
                arguments.RemoveAll(a => a.Name == "Stateful");
                arguments.Add(new("Stateful", new BooleanValue(true)));
            }

            string mode = config.TryGetProperty("merge_mode", out JsonElement merge) ? merge.ValueKind == JsonValueKind.String ? merge.GetString()! : "None" : "concat";
            string? member = Enum.GetNames<Merge>().FirstOrDefault(n => string.Equals(n, mode, StringComparison.OrdinalIgnoreCase));
            if (member is null)
            {
                problems.Add($"Bidirectional has no merge_mode {ModelFileException.Shorten(mode)}.");
            }

            arguments.Add(new("Bidirectional", new EnumValue(nameof(Merge), member ?? nameof(Merge.Concat))));
            return new KerasLayer(layer.Kind, arguments, problems);
        }

        if (className == "RNN" && KerasJson.Member(config, "cell") is { } cell && KerasJson.Text(cell, "class_name") is "SimpleRNNCell" or "LSTMCell" or "GRUCell" && KerasJson.Member(KerasJson.Member(config, "cell")!.Value, "config") is { } cellConfig)
        {
            string cellKind = KerasJson.Text(KerasJson.Member(config, "cell")!.Value, "class_name")![..^"Cell".Length];
            List<ArgumentSpec> both = KerasArguments.Read(cellKind, cellConfig, isLegacy, problems);
            List<string> outer = [];
            both.AddRange(KerasArguments.Read(cellKind, config, isLegacy: false, outer).Where(a => both.TrueForAll(b => b.Name != a.Name)));
            problems.AddRange(outer.Where(p => !p.StartsWith("The argument cell ", StringComparison.Ordinal)));
            return new KerasLayer(cellKind, both, problems);
        }

        string kind = KerasArguments.KindOf(className);
        if (LayerTable.Find(kind) is null)
        {
            problems.Add(className switch
            {
                "Lambda" => "Python code cannot be imported.",
                "RNN" => OfOtherCells(KerasJson.Member(config, "cell")),
                "MixUp" or "CutMix" => $"It mixes samples and labels, which a data set does in NetGen: source.{className}(...).",
                _ => $"NetGen has no such layer.{Generator.NearestName.Question(Generator.NearestName.Find(kind, LayerTable.All.Select(l => l.Kind)))}",
            });
            return new KerasLayer(null, [], problems);
        }

        return new KerasLayer(kind, KerasArguments.Read(kind, config, isLegacy, problems), problems);
    }

    private static string OfOtherCells(JsonElement? cell)
    {
        string? name = cell is { } own ? KerasJson.Text(own, "class_name") : null;
        return cell is { ValueKind: JsonValueKind.Array } || name == "StackedRNNCells"
            ? "Its cells are a stack, for which NetGen has a layer each: LSTM, GRU or SimpleRNN one behind the other, all but the last with ReturnSequences."
            : $"Its cell is {(name is null ? "not told" : $"a {ModelFileException.Shorten(name)}")}; those of LSTM, GRU and SimpleRNN can be imported.";
    }

    private static bool Differs(JsonElement forward, JsonElement? backward) =>
        backward is { ValueKind: JsonValueKind.Object } other && forward.EnumerateObject().Any(p =>
            p.Name is not ("name" or "go_backwards") && (!other.TryGetProperty(p.Name, out JsonElement value) || value.GetRawText() != p.Value.GetRawText()));
}
