namespace NetGen;

/// <summary>x / (|x| + 1).</summary>
public sealed class SoftsignAttribute : LayerAttribute;
