namespace NetGen;

/// <summary>The input as it is.</summary>
public sealed class IdentityAttribute : LayerAttribute;
