namespace NetGen;

/// <summary>x - tanh(x).</summary>
public sealed class TanhShrinkAttribute : LayerAttribute;
