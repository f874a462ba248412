namespace NetGen.Conformance.Tests.Keras;

/// <summary>The constructor arguments of a case, read once each; an argument that nobody read is not silently dropped.</summary>
internal sealed class KerasArguments(KerasCase c)
{
    // "dtype" chooses the type of the state, which is always double here.
    private readonly HashSet<string> unread = [.. c.ConfigNames.Except(["dtype"])];

    public double Double(string name, double absent, int position = -1) => DoubleOrNull(name, position) ?? absent;

    public double? DoubleOrNull(string name, int position) => (Read(name) ?? At(position))?.AsDouble();

    public int? Int(string name) => Read(name)?.AsInt();

    public bool Bool(string name) => Read(name)?.AsBool() ?? false;

    /// <summary>Whether a flag is given with a value.</summary>
    public bool Is(string name, bool value) => Read(name) is { } given && given.AsBool() == value;

    /// <summary>One number or several.</summary>
    public int[]? Ints(string name) => Doubles(name)?.Select(value => (int)value).ToArray();

    public string String(string name, string absent) => Read(name)?.AsString() ?? absent;

    public double[]? Doubles(string name) => Read(name)?.AsArray().Data;

    /// <summary>An enumeration by Keras's name; None stands for <paramref name="none"/>.</summary>
    public T Enum<T>(string name, T absent, T none, int position = -1)
        where T : struct, Enum
    {
        unread.Remove(name);
        KerasValue? value = c.Config(name) ?? (position >= 0 && position < c.Args.Count ? c.Args[position] : null);
        if (value is null) return absent;
        return value.Value.IsNull ? none : System.Enum.Parse<T>(value.Value.AsString().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    /// <summary>The object made, once every argument was read.</summary>
    public T Done<T>(T made) => unread.Count == 0 ? made : throw new NotCoveredException($"{c.Class} has no {string.Join(", ", unread)}");

    private KerasValue? At(int position) => position >= 0 && position < c.Args.Count && !c.Args[position].IsNull ? c.Args[position] : null;

    private KerasValue? Read(string name)
    {
        unread.Remove(name);
        return c.Config(name) is { IsNull: false } value ? value : null;
    }
}
