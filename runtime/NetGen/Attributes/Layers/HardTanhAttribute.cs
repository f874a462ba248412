namespace NetGen;

/// <summary>min(max(x, -1), 1).</summary>
public sealed class HardTanhAttribute : LayerAttribute;
