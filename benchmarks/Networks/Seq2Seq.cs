namespace NetGen.Benchmarks;

/// <summary>20 steps of 64 numbers through an LSTM of 256 units, and 20 more through another one that starts from its states.</summary>
[Network]
[Input(20, 64, Name = "source"), LSTM(256, ReturnState = true, Name = "encoder")]
[Input(20, 64, Name = "target"), LSTM(256, ReturnSequences = true, InitialState = "encoder", Name = "decoder"), Dense(64)]
public sealed partial class Seq2Seq;
