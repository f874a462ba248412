namespace NetGen.Tests.Training;

/// <summary>The smallest classifier.</summary>
[Network]
[Input(4)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(3, Activation = Activation.Softmax)]
public partial class Tiny;
