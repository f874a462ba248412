namespace NetGen.Tests.Training;

/// <summary>Goes on from batch to batch.</summary>
[Network]
[Input(Dim.Any, 3)]
[LSTM(5, Stateful = true, ReturnSequences = true), GRU(4, Stateful = true, ReturnSequences = true), Dense(2, Name = "out")]
public partial class Carrying;
