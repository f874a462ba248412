namespace NetGen.Benchmarks;

/// <summary>How a convolution moves over its map.</summary>
internal sealed record ConvGeometry(int Strides, (int Before, int Behind) Padding, int Groups);
