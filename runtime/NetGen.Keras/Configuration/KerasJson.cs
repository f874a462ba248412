using System.Text.Json;

namespace NetGen.Keras;

/// <summary>What Keras's configurations hold, read with a care for what hostile ones hold.</summary>
internal static class KerasJson
{
    /// <summary>Characters of a value in a message.</summary>
    private const int MostCharacters = 80;

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(JsonElement owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A number; one that was a float becomes the decimal number that it was written as in Python.</summary>
    public static double Number(JsonElement value)
    {
        double number = value.GetDouble();
        float narrow = (float)number;
        return narrow == number && number != Math.Floor(number) ? double.Parse(narrow.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : number;
    }

    /// <summary>Tuples, arrays of NumPy and shapes as what is in them.</summary>
    public static JsonElement Plain(JsonElement value) =>
        Text(value, "class_name") switch
        {
            "__tuple__" or "TensorShape" when Member(value, "items") is { } items => items,
            "__numpy__" when Member(value, "config") is { } config && Member(config, "value") is { } array => array,
            _ => value,
        };

    /// <summary>Integers of a list, nested or not; -1 for null.</summary>
    public static int[]? Sizes(JsonElement value)
    {
        value = Plain(value);
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<int> sizes = [];
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
            {
                sizes.Add(-1);
            }
            else if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int size) && size >= 0)
            {
                sizes.Add(size);
            }
            else
            {
                return null;
            }
        }

        return [.. sizes];
    }

    /// <summary>A value for a message.</summary>
    public static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "...";
    }
}
