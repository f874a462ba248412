namespace NetGen.Tests.Training;

/// <summary>No layer heeds lengths, for one number and for one number a step.</summary>
[Network]
[Input(Dim.Any, 2), Conv1D(4, 3, Padding = Padding.Same), GlobalMaxPooling1D, Dense(1)]
public partial class Convolved;

/// <summary>Causal, so that what counts does not hang on padding.</summary>
[Network]
[Input(Dim.Any, 2), Conv1D(4, 3, Padding = Padding.Causal, Activation = Activation.Tanh), Dense(1)]
public partial class Causal;

/// <summary>Takes two steps away.</summary>
[Network]
[Input(Dim.Any, 2), LSTM(3, ReturnSequences = true), Conv1D(4, 3), Dense(1)]
public partial class Shortened;

/// <summary>Two inputs of one time.</summary>
[Network]
[Input(Dim.Any, 2, Name = "a", Time = "t"), LSTM(2, Name = "x")]
[Input(Dim.Any, 1, Name = "b", Time = "t"), LSTM(2, Name = "y")]
[Add("x", "y")]
public partial class Twins;
