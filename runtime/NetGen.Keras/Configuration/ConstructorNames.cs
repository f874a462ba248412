using System.Globalization;
using System.Text.Json;
using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>Keras's initializers, regularizers and constraints as the texts that attributes take.</summary>
internal static class ConstructorNames
{
    /// <summary>Keras's short words for some.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal) { ["uniform"] = "RandomUniform", ["normal"] = "RandomNormal", ["zero"] = "Zeros", ["one"] = "Ones" };

    /// <summary>The text: <c>HeNormal</c>, <c>L2(l2: 0.001)</c>.</summary>
    /// <exception cref="NotSupportedException">There is no such class, or it has no such argument.</exception>
    public static string Of(JsonElement value, ConstructorRow[] rows)
    {
        string? name = value.ValueKind == JsonValueKind.String ? value.GetString() : KerasJson.Text(value, "class_name");
        if (name is null)
        {
            throw new NotSupportedException($"{KerasJson.Short(value)} names no class");
        }

        name = Aliases.GetValueOrDefault(name, name);
        if (Array.Find(rows, r => ConstructorText.Canonical(r.Name) == ConstructorText.Canonical(name)) is not { } row)
        {
            throw new NotSupportedException($"NetGen has no {ModelFileException.Shorten(name)}");
        }

        List<string> arguments = [];
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("config", out JsonElement config) && config.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in config.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null && p.Name != "dtype"))
            {
                ConstructorParameter? parameter = Array.Find(row.Parameters, p => ConstructorText.Canonical(p.Name) == ConstructorText.Canonical(property.Name));
                arguments.Add(parameter is null ? throw new NotSupportedException($"{row.Name} has no {property.Name} in NetGen") : $"{parameter.Name}: {Argument(property.Value)}");
            }
        }

        return arguments.Count == 0 ? row.Name : $"{row.Name}({string.Join(", ", arguments)})";
    }

    private static string Argument(JsonElement value) => value.ValueKind switch
    {
        // Keras 2 says "normal" for what it draws from a cut distribution.
        JsonValueKind.String => value.GetString() is "normal" ? "truncated_normal" : value.GetString()!,
        JsonValueKind.Number => KerasJson.Number(value).ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Argument))}]",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => throw new NotSupportedException($"{KerasJson.Short(value)} is no number"),
    };
}
