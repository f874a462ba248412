namespace NetGen;

/// <summary>log(exp(x) + 1).</summary>
public sealed class SoftplusAttribute : LayerAttribute;
