namespace NetGen.Tests.Training;

/// <summary>Penalties on what two layers give.</summary>
[Network, Input(5), Dense(7, Activation = Activation.Tanh, ActivityRegularizer = "L1L2(0.01, 0.02)"), ActivityRegularization(L1 = 0.03), Dense(3, Activation = Activation.Softmax)]
public partial class Active;

/// <summary>The same without penalties.</summary>
[Network, Input(5), Dense(7, Activation = Activation.Tanh), Dense(3, Activation = Activation.Softmax)]
public partial class Inactive;

/// <summary>Penalties on a base that starts frozen, so that training is compiled behind it as well.</summary>
[Network, Input(5), Dense(7, Activation = Activation.Tanh, ActivityRegularizer = "L2(0.1)", Name = "base", Trainable = false), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class ActiveSplit;

/// <summary>The same with a base that starts live.</summary>
[Network, Input(5), Dense(7, Activation = Activation.Tanh, ActivityRegularizer = "L2(0.1)", Name = "base", Trainable = true), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class ActiveWhole;

/// <summary>Penalties on steps, and a mask of the output.</summary>
[Network, Input(Dim.Any, 3), GRU(4, ReturnSequences = true, ActivityRegularizer = "L2(0.1)"), Dense(2, ActivityRegularizer = "L1(0.1)")]
public partial class ActiveSteps;

/// <summary>Penalties on what goes on from batch to batch.</summary>
[Network, Input(4, 2), LSTM(3, Stateful = true, ReturnSequences = true, ActivityRegularizer = "L2(0.5)"), Dense(1)]
public partial class ActivePieces;

/// <summary>The same of the whole sequences.</summary>
[Network, Input(8, 2), LSTM(3, ReturnSequences = true, ActivityRegularizer = "L2(0.5)"), Dense(1)]
public partial class ActiveRuns;

/// <summary>A kernel that each step divides by its largest singular value.</summary>
[Network, Input(6), Dense(5, SpectralNormalization = 1, UseBias = false, Name = "d", Trainable = true), Dense(2)]
public partial class Spectral;
