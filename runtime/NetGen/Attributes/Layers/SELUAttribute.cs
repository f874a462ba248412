namespace NetGen;

/// <summary>1.05070098 x above 0, 1.05070098 · 1.67326324 (exp(x) - 1) elsewhere (Klambauer et al. 2017).</summary>
public sealed class SELUAttribute : LayerAttribute;
