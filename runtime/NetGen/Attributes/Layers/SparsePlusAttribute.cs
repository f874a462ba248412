namespace NetGen;

/// <summary>0 up to -1, (x + 1)² / 4 between, x from 1 on.</summary>
public sealed class SparsePlusAttribute : LayerAttribute;
