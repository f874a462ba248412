namespace NetGen.Benchmarks;

/// <summary>784-128-10 with ReLU.</summary>
[Network, Input(784), Dense(128, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]
public sealed partial class Mlp;
