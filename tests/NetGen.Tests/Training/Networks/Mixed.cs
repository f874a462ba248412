namespace NetGen.Tests.Training;

/// <summary>Odd sizes, a state, randomness, a penalty and a constraint: what a step can have.</summary>
[Network]
[Input(37)]
[Dense(53, Activation = Activation.ReLU, KernelRegularizer = "L2(0.001)")]
[BatchNormalization]
[Dropout(0.25)]
[Dense(21, Activation = Activation.Tanh, KernelConstraint = "MaxNorm(1.5)")]
[Dense(5, Activation = Activation.Softmax)]
public partial class Mixed;
