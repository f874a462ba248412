namespace NetGen.Tests.Training;

/// <summary>Everything of a step that does not draw random numbers: for the comparison with another program.</summary>
[Network]
[Input(37)]
[Dense(53, Activation = Activation.ReLU, KernelRegularizer = "L2(0.001)")]
[BatchNormalization]
[Dense(21, Activation = Activation.Tanh, KernelConstraint = "MaxNorm(0.9)")]
[Dense(5, Activation = Activation.Softmax)]
public partial class Deep;
