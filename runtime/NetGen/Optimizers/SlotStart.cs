namespace NetGen;

/// <summary>What a slot of an optimizer starts from, when its variable is trained for the first time.</summary>
public readonly struct SlotStart
{
    private SlotStart(float value, bool isWeights) => (Value, IsWeights) = (value, isWeights);

    /// <summary>All elements are 0.</summary>
    public static SlotStart Zero => default;

    /// <summary>The slot starts as a copy of the variable.</summary>
    public static SlotStart Weights { get; } = new(0, true);

    /// <summary>What all elements are at first, where it is not a copy of the variable.</summary>
    public float Value { get; }

    /// <summary>Whether the slot starts as a copy of the variable.</summary>
    public bool IsWeights { get; }

    /// <summary>All elements have the same value.</summary>
    /// <param name="value">The value.</param>
    public static SlotStart Constant(double value) => new((float)value, false);
}
