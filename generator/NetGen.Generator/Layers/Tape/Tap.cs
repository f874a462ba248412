namespace NetGen.Generator;

/// <summary>An output on the tape that others may take.</summary>
/// <param name="name">The full name.</param>
/// <param name="value">The value; null where a problem already reported keeps it from being known, so that what follows is not blamed for it.</param>
/// <param name="mask">Keras's mask of the value, of shape (batch, time), or null.</param>
/// <param name="attribute">The attribute that made it.</param>
internal sealed class Tap(string name, Value? value, Value? mask, int attribute)
{
    public string Name { get; } = name;

    public Value? Value { get; } = value;

    public Value? Mask { get; } = mask;

    public int Attribute { get; } = attribute;

    /// <summary>Whether anything takes it.</summary>
    public bool Used { get; set; }

    /// <summary>Further outputs of a layer under their suffixes, with their masks: the states of an LSTM.</summary>
    public IReadOnlyDictionary<string, (Value Value, Value? Mask)> Extra { get; init; } = new Dictionary<string, (Value Value, Value? Mask)>();
}

/// <summary>Something hangs on a tap whose own problem has been reported; the element is passed over in silence.</summary>
internal sealed class PoisonException() : Exception("The input is not known.");
