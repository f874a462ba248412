namespace NetGen;

/// <summary>x sigmoid(x), also called swish.</summary>
public sealed class SiLUAttribute : LayerAttribute;
