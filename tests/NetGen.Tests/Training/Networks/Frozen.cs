namespace NetGen.Tests.Training;

/// <summary>A base that starts frozen, and a head.</summary>
[Network]
[Input(4)]
[Dense(8, Activation = Activation.Tanh, Name = "base", Trainable = false)]
[Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class Frozen;
