namespace NetGen.Tests.Training;

/// <summary>A network over any time, with an output for each of its steps.</summary>
[Network]
[Input(Dim.Any, 2)]
[Dense(4, Activation = Activation.Tanh)]
[Dense(2, Activation = Activation.Softmax)]
public partial class Sequence;
