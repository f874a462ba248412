namespace NetGen;

/// <summary>min(max((x + 1) / 2, 0), 1).</summary>
public sealed class SparseSigmoidAttribute : LayerAttribute;
