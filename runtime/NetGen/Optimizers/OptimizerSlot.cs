namespace NetGen;

/// <summary>What an optimizer remembers of all its variables under one name.</summary>
/// <param name="name">The name in checkpoints.</param>
/// <param name="layout">The variables that have something there: their names, the shapes of it, and where it lies.</param>
/// <param name="length">Floats of all of it.</param>
internal sealed class OptimizerSlot(string name, ParameterInfo[] layout, int length)
{
    public string Name { get; } = name;

    public ParameterInfo[] Layout { get; } = layout;

    public int Length { get; } = length;

    /// <summary>The memory, 0 at first.</summary>
    public NativeBuffer Buffer { get; set; } = new(length);

    /// <summary>All elements; valid while the slot is held alive.</summary>
    public Span<float> Values => Buffer.Slice(0, Length);
}
