namespace NetGen;

/// <summary>min(max(x, 0), 6).</summary>
public sealed class ReLU6Attribute : LayerAttribute;
