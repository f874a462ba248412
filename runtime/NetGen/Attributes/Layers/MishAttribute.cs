namespace NetGen;

/// <summary>x tanh(softplus(x)).</summary>
public sealed class MishAttribute : LayerAttribute;
