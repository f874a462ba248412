namespace NetGen;

/// <summary>Computes one sample from another. It may be called from a prefetching thread and must write every element.</summary>
/// <param name="sample">Which sample it is.</param>
/// <param name="source">The sample's values, row-major.</param>
/// <param name="destination">Where the new values go, row-major in the new shape.</param>
public delegate void SampleMap(SampleId sample, ReadOnlySpan<float> source, Span<float> destination);
