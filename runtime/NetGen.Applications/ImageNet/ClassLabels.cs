using System.Globalization;
using System.Text.Json;

namespace NetGen;

/// <summary>The names of classes by their numbers, with which predictions are read.</summary>
public sealed class ClassLabels
{
    private readonly (string Name, string? Id)[] labels;

    private ClassLabels((string Name, string? Id)[] labels) => this.labels = labels;

    /// <summary>Takes names as they are.</summary>
    /// <param name="names">The names by the classes' numbers, at least one.</param>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public ClassLabels(IReadOnlyList<string> names)
        : this([.. (names ?? throw new ArgumentNullException(nameof(names))).Select(name => (name, (string?)null))])
    {
        if (labels.Length == 0) throw new ArgumentException("At least one name is expected.", nameof(names));
    }

    /// <summary>The number of classes.</summary>
    public int Count => labels.Length;

    /// <summary>The name of a class.</summary>
    /// <param name="index">The class's number.</param>
    public string this[int index] => labels[index].Name;

    /// <summary>Reads a text file of one name a line; the first line is class 0, blank lines at the end are none.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="DataFileException">The file has no name, or a line between others is blank.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ClassLabels ReadLines(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim())];
        int count = Array.FindLastIndex(lines, line => line.Length > 0) + 1;
        if (count == 0) throw new DataFileException(path, 0, "The file has no names; one in each line is expected.");
        int blank = Array.IndexOf(lines, "", 0, count);
        if (blank >= 0) throw new DataFileException(path, blank + 1, $"The line is blank; the name of class {blank} is expected.");
        return new ClassLabels(lines[..count]);
    }

    /// <summary>Reads Keras's <c>imagenet_class_index.json</c>: <c>{"0": ["n01440764", "tench"], "1": ...}</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="DataFileException">The file is no such JSON, or a number from 0 to the largest is missing.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ClassLabels ReadIndex(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.EnumerateObject().MoveNext())
                throw new DataFileException(path, 0, "An object with a member for each class is expected.");
            return Read(document.RootElement, path);
        }
        catch (JsonException exception)
        {
            throw new DataFileException(path, (exception.LineNumber ?? -1) + 1, $"This is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>The classes with the largest probabilities, the largest first; of equal ones, that with the smaller number.</summary>
    /// <param name="probabilities">One for each class, as the network gave them.</param>
    /// <param name="count">How many classes, at least 1; of fewer classes, all.</param>
    /// <exception cref="ArgumentException">There are more or fewer probabilities than classes, or one is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<Prediction> Decode(ReadOnlySpan<float> probabilities, int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (probabilities.Length != labels.Length)
            throw new ArgumentException($"There are {probabilities.Length} probabilities for {labels.Length} classes.", nameof(probabilities));
        float[] values = probabilities.ToArray();
        if (Array.FindIndex(values, float.IsNaN) is >= 0 and int nan) throw new ArgumentException($"The probability of class {nan} is NaN.", nameof(probabilities));
        return [.. Enumerable.Range(0, values.Length)
            .OrderByDescending(i => values[i])
            .Take(count)
            .Select(i => new Prediction(i, labels[i].Name, labels[i].Id, values[i]))];
    }

    private static ClassLabels Read(JsonElement root, string path)
    {
        var found = new SortedDictionary<int, (string Name, string? Id)>();
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || member.Value.ValueKind != JsonValueKind.Array
                || member.Value.EnumerateArray().Select(text => text.ValueKind == JsonValueKind.String ? text.GetString() : null).ToArray() is not [{ } id, { } name])
            {
                throw new DataFileException(path, 0, $"The member \"{member.Name}\": {member.Value.GetRawText()} is none of the form \"0\": [\"n01440764\", \"tench\"].");
            }

            if (!found.TryAdd(index, (name, id))) throw new DataFileException(path, 0, $"Class {index} is there twice.");
        }

        int missing = Enumerable.Range(0, found.Count).FirstOrDefault(i => !found.ContainsKey(i), -1);
        return missing < 0
            ? new ClassLabels([.. found.Values])
            : throw new DataFileException(path, 0, $"Class {missing} is missing; the largest is {found.Keys.Last()}.");
    }
}
