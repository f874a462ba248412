using System.Globalization;
using System.Text.Json;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>A value of a case: number, string, bool, null, list, typed array, or an object such as a nested class with its configuration.</summary>
internal readonly struct KerasValue(JsonElement json)
{
    public bool IsNull => json.ValueKind == JsonValueKind.Null;

    public bool IsNumber => json.ValueKind == JsonValueKind.Number;

    public bool IsString => json.ValueKind == JsonValueKind.String;

    public bool IsList => json.ValueKind == JsonValueKind.Array;

    /// <summary>A typed array: {"dtype", "shape", "data"}.</summary>
    public bool IsArray => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("data", out _) && json.TryGetProperty("shape", out _);

    /// <summary>An object with a "class": a nested layer, initializer, or a NumPy function that made an argument.</summary>
    public bool IsClass => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("class", out _);

    public KerasValue this[string name] =>
        TryGet(name, out KerasValue value) ? value : throw new KeyNotFoundException($"The case has no \"{name}\": {json}");

    public bool TryGet(string name, out KerasValue value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out JsonElement found))
            return false;
        value = new KerasValue(found);
        return true;
    }

    public IReadOnlyList<string> Names() => [.. json.EnumerateObject().Select(property => property.Name)];

    public IReadOnlyList<KerasValue> Items() => [.. json.EnumerateArray().Select(item => new KerasValue(item))];

    public string AsString() => json.GetString() ?? throw new FormatException("Expected a string, found null.");

    public bool AsBool() => json.GetBoolean();

    public int AsInt() => json.GetInt32();

    public double AsDouble() => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        // JSON has no infinities or NaN; the file writes them as strings.
        JsonValueKind.String => AsString() switch
        {
            "inf" or "Infinity" => double.PositiveInfinity,
            "-inf" or "-Infinity" => double.NegativeInfinity,
            "nan" or "NaN" => double.NaN,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
        },
        _ => throw new FormatException($"Expected a number, found {json}."),
    };

    /// <summary>A typed array, a number (rank 0), a nested list of numbers, or one that a NumPy function of the tests makes.</summary>
    public KerasArray AsArray()
    {
        if (IsArray)
        {
            int[] shape = [.. this["shape"].Items().Select(size => size.AsInt())];
            return new KerasArray(this["dtype"].AsString(), shape, [.. this["data"].Items().Select(x => x.AsDouble())]);
        }
        if (IsClass)
            return Call(this["class"].AsString(), this["args"].Items(), this);
        if (!IsList)
            return KerasArray.FromScalar(AsDouble());

        KerasArray[] items = [.. Items().Select(item => item.AsArray())];
        int[] inner = items.Length == 0 ? [] : items[0].Shape;
        return new KerasArray("float64", [items.Length, .. inner], [.. items.SelectMany(item => item.Data)]);
    }

    /// <summary>The value as it stands in the file.</summary>
    public string ToJson() => json.GetRawText();

    public override string ToString() => json.ToString();

    private static KerasArray Call(string function, IReadOnlyList<KerasValue> args, KerasValue call)
    {
        if (function == "BCOO")
            return Dense(args[0].Items()[0].AsArray(), args[0].Items()[1].AsArray(), [.. call["config"]["shape"].Items().Select(size => size.AsInt())]);
        KerasArray x = args[0].AsArray();
        return function switch
        {
            "expit" => x with { Data = [.. x.Data.Select(value => 1 / (1 + Math.Exp(-value)))] },
            "one_hot" => OneHot(x, (args.Count > 1 ? args[1] : call["config"]["num_classes"]).AsInt()),
            _ => throw new NotCoveredException($"an argument made by {function}"),
        };
    }

    /// <summary>A sparse matrix of JAX, by its elements and their places, as the dense one of the same elements.</summary>
    private static KerasArray Dense(KerasArray elements, KerasArray places, int[] shape)
    {
        double[] data = new double[shape[0] * shape[1]];
        for (int i = 0; i < elements.Length; i++)
            data[((int)places.Data[2 * i] * shape[1]) + (int)places.Data[(2 * i) + 1]] = elements.Data[i];
        return new KerasArray("int32", shape, data);
    }

    private static KerasArray OneHot(KerasArray labels, int classes) => new(
        "float32", [.. labels.Shape, classes], [.. labels.Data.SelectMany(label => Enumerable.Range(0, classes).Select(c => c == label ? 1.0 : 0.0))]);
}
