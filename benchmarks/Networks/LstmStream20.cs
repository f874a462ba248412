namespace NetGen.Benchmarks;

/// <summary>A number at a time through an LSTM of 20 units.</summary>
[Network(Training = false), Input(Dim.Any, 1)]
[LSTM(20), Dense(1)]
public sealed partial class LstmStream20;
