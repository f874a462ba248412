namespace NetGen.Tests.Training;

/// <summary>Keeps its states at every few steps only while it trains.</summary>
[Network]
[Input(Dim.Any, 3)]
[LSTM(4, GradientCheckpoint = 2, ReturnSequences = true, Bidirectional = Merge.Concat), GRU(3, GradientCheckpoint = 3), Dense(2)]
public partial class Remembering;
