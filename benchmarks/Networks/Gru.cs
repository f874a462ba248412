namespace NetGen.Benchmarks;

/// <summary>100 steps of 64 numbers through a GRU of 128 units, whose last output is read.</summary>
[Network, Input(100, 64)]
[GRU(128), Dense(1)]
public sealed partial class Gru;
