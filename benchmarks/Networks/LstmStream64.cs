namespace NetGen.Benchmarks;

/// <summary>A number at a time through an LSTM of 64 units.</summary>
[Network(Training = false), Input(Dim.Any, 1)]
[LSTM(64), Dense(1)]
public sealed partial class LstmStream64;
