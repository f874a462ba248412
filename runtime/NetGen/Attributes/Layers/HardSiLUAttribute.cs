namespace NetGen;

/// <summary>x hard_sigmoid(x), also called hard swish.</summary>
public sealed class HardSiLUAttribute : LayerAttribute;
