namespace NetGen;

/// <summary>1 / (1 + exp(-x)).</summary>
public sealed class SigmoidAttribute : LayerAttribute;
