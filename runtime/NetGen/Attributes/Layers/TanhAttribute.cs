namespace NetGen;

/// <summary>tanh(x).</summary>
public sealed class TanhAttribute : LayerAttribute;
