namespace NetGen;

/// <summary>exp(x).</summary>
public sealed class ExponentialAttribute : LayerAttribute;
