using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen;

/// <content>Vocabularies in the file of a network's weights.</content>
public sealed partial class Vocabulary
{
    // Of the strings in the header of a file.
    private const string KeyPrefix = "vocabulary/";
    private const int Version = 1;

    /// <summary>Loads a vocabulary that was saved with a network.</summary>
    /// <param name="path">The file that <see cref="Network.Save"/> has written.</param>
    /// <param name="name">The name that it was saved under.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="ModelFileException">The file is damaged, or holds no such vocabulary; the message lists those it holds.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Vocabulary Load(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        using SafetensorsReader reader = new(path);
        if (!reader.Metadata.TryGetValue(KeyPrefix + name, out string? text))
        {
            string[] known = [.. reader.Metadata.Keys.Where(key => key.StartsWith(KeyPrefix, StringComparison.Ordinal)).Select(key => $"'{ModelFileException.Shorten(key[KeyPrefix.Length..])}'").Order(StringComparer.Ordinal)];
            throw new ModelFileException(path, null, $"The file has no vocabulary '{name}'; it has {(known.Length == 0 ? "none" : string.Join(", ", known.Take(20)))}.");
        }

        try
        {
            return Parse(text);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new ModelFileException(path, null, $"The vocabulary '{name}' is damaged: {ModelFileException.Shorten(exception.Message)}", exception);
        }
    }

    /// <summary>The strings for the header of a file.</summary>
    internal static Dictionary<string, string>? Metadata(IReadOnlyDictionary<string, Vocabulary>? vocabularies)
    {
        if (vocabularies is null) return null;
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach ((string name, Vocabulary vocabulary) in vocabularies)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(vocabularies));
            metadata.Add(KeyPrefix + name, vocabulary.Format());
        }

        return metadata;
    }

    private string Format()
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("unit", Unit.ToString());
            writer.WriteBoolean("lower", Standardization.HasFlag(TextStandardization.Lower));
            writer.WriteBoolean("strip_punctuation", Standardization.HasFlag(TextStandardization.StripPunctuation));
            writer.WriteBoolean("start_and_end", HasStartAndEnd);
            writer.WriteStartArray("tokens");
            foreach (string token in tokens.AsSpan(FirstLearned)) writer.WriteStringValue(token);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static Vocabulary Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        if (root.GetProperty("version").GetInt32() is not Version and int version) throw new JsonException($"its version is {version}, and {Version} is expected.");
        TextUnit unit = root.GetProperty("unit").GetString() switch
        {
            nameof(TextUnit.Word) => TextUnit.Word,
            nameof(TextUnit.Character) => TextUnit.Character,
            string other => throw new JsonException($"its unit is '{other}', and Word or Character is expected."),
            null => throw new JsonException("it has no unit."),
        };
        TextStandardization standardization = (root.GetProperty("lower").GetBoolean() ? TextStandardization.Lower : 0) | (root.GetProperty("strip_punctuation").GetBoolean() ? TextStandardization.StripPunctuation : 0);
        return new(unit, standardization, root.GetProperty("start_and_end").GetBoolean(), root.GetProperty("tokens").EnumerateArray().Select(token => token.GetString() ?? ""));
    }
}
