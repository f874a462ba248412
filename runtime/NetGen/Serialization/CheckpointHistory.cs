using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetGen;

/// <summary>The metric history as JSON: an array of numbers per name, in the order of reporting. NaN and the infinities, which JSON lacks, are strings.</summary>
internal static class CheckpointHistory
{
    internal static string Format(OrderedDictionary<string, IReadOnlyList<double>> history)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach ((string name, IReadOnlyList<double> values) in history)
            {
                writer.WriteStartArray(name);
                foreach (double value in values)
                {
                    if (double.IsFinite(value)) writer.WriteNumberValue(value);
                    else writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <exception cref="JsonException">The text is no such JSON.</exception>
    internal static OrderedDictionary<string, IReadOnlyList<double>> Parse(string text)
    {
        var history = new OrderedDictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            var values = new List<double>();
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(ReadNumber(ref reader));
            Require(history.TryAdd(name, values));
        }

        Require(!reader.Read());
        return history;
    }

    private static double ReadNumber(ref Utf8JsonReader reader)
    {
        double value = 0;
        Require(reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out value),
            JsonTokenType.String => double.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out value) && !double.IsFinite(value),
            _ => false,
        });
        return value;
    }

    private static void Require(bool condition)
    {
        if (!condition) throw new JsonException("An object of arrays of numbers is expected.");
    }
}
