namespace NetGen;

/// <summary>min(max(x / 6 + 0.5, 0), 1).</summary>
public sealed class HardSigmoidAttribute : LayerAttribute;
