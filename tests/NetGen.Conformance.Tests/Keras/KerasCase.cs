namespace NetGen.Conformance.Tests.Keras;

/// <summary>One case: an object with its configuration, what was done to it in order, and the expected value. <see cref="Value"/> holds the
/// whole of it, for sections with members of their own (optimizer: "optimizer", "initial", "steps").</summary>
internal sealed class KerasCase(string section, KerasValue value)
{
    public string Section { get; } = section;

    public KerasValue Value { get; } = value;

    public string Name => Value["name"].AsString();

    /// <summary>The Keras class (or function) under test.</summary>
    public string Class => (Value.TryGet("optimizer", out KerasValue optimizer) ? optimizer : Value)["class"].AsString();

    /// <summary>Positional constructor arguments (or the arguments of a function).</summary>
    public IReadOnlyList<KerasValue> Args => Value.TryGet("args", out KerasValue args) ? args.Items() : [];

    /// <summary>Keyword constructor arguments: `Config("delta")` is null when absent.</summary>
    public KerasValue? Config(string name) =>
        Value.TryGet("config", out KerasValue config) && config.TryGet(name, out KerasValue argument) ? argument : null;

    public IReadOnlyList<string> ConfigNames => Value.TryGet("config", out KerasValue config) ? config.Names() : [];

    public IReadOnlyList<KerasOp> Ops => Value.TryGet("ops", out KerasValue ops) ? [.. ops.Items().Select(op => new KerasOp(op))] : [];

    /// <summary>"result of last op", "result of last op at [0]", "attribute x" or "value of the function call".</summary>
    public string Checked => Value["checked"].AsString();

    public KerasArray Expected => Value["expected"].AsArray();

    public KerasTolerance Tolerance => new(Value["tolerance"]);

    public override string ToString() => Name;
}

/// <summary>One call on the object: "build", "__call__", "update_state", "result" and so on.</summary>
internal sealed class KerasOp(KerasValue value)
{
    public string Name => value["op"].AsString();

    public IReadOnlyList<KerasValue> Args => value.TryGet("args", out KerasValue args) ? args.Items() : [];

    /// <summary>A keyword argument, or the positional one at <paramref name="position"/>; null when absent or None.</summary>
    public KerasValue? Arg(string name, int position)
    {
        if (value.TryGet("kwargs", out KerasValue kwargs) && kwargs.TryGet(name, out KerasValue argument))
            return argument.IsNull ? null : argument;
        IReadOnlyList<KerasValue> args = Args;
        return position < args.Count && !args[position].IsNull ? args[position] : null;
    }
}
