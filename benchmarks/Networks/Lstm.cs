namespace NetGen.Benchmarks;

/// <summary>100 steps of 64 numbers through an LSTM of 128 units, whose last output is read.</summary>
[Network, Input(100, 64)]
[LSTM(128), Dense(1)]
public sealed partial class Lstm;
