namespace NetGen.Benchmarks;

/// <summary>One weight in Keras's layout, row-major.</summary>
internal sealed record Weight(string Name, int[] Shape, float[] Values);
