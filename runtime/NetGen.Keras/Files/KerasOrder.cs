using System.Text.Json;

namespace NetGen.Keras;

/// <summary>
/// The layers of a model in its own order, under the keys of Keras 3's files of weights: there a layer is not called by its name, but by its class and how many of it came before, <c>conv2d_3</c>.
/// </summary>
internal sealed class KerasOrder
{
    private readonly Dictionary<string, (int Index, string Name, KerasOrder? Inner)> layers = new(StringComparer.Ordinal);

    /// <summary>The place of a key among the layers; behind all for one that is unknown.</summary>
    public int IndexOf(string key) => this.layers.TryGetValue(key, out (int Index, string Name, KerasOrder? Inner) found) ? found.Index : int.MaxValue;

    /// <summary>The layer's name, or null.</summary>
    public string? NameOf(string key) => this.layers.TryGetValue(key, out (int Index, string Name, KerasOrder? Inner) found) ? found.Name : null;

    /// <summary>The layers of a model that is a layer.</summary>
    public KerasOrder? Inner(string key) => this.layers.TryGetValue(key, out (int Index, string Name, KerasOrder? Inner) found) ? found.Inner : null;

    /// <summary>Reads a configuration; null where it is none of a model that says its layers.</summary>
    public static KerasOrder? Read(string configuration)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(configuration);
            return Read(json.RootElement, 0);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static KerasOrder? Read(JsonElement model, int level)
    {
        if (level > 16 || model.ValueKind != JsonValueKind.Object || !model.TryGetProperty("config", out JsonElement config) || config.ValueKind != JsonValueKind.Object
            || !config.TryGetProperty("layers", out JsonElement layers) || layers.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        KerasOrder order = new();
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (JsonElement layer in layers.EnumerateArray())
        {
            if (Text(layer, "class_name") is not { } className)
            {
                return null;
            }

            string key = KerasNames.SnakeCase(className);
            int count = counts[key] = counts.GetValueOrDefault(key, -1) + 1;
            string counted = count == 0 ? key : FormattableString.Invariant($"{key}_{count}");
            string name = Text(layer, "name") ?? (layer.TryGetProperty("config", out JsonElement own) ? Text(own, "name") : null) ?? counted;
            order.layers.TryAdd(counted, (order.layers.Count, name, Read(layer, level + 1)));
        }

        return order;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
