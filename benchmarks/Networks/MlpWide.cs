namespace NetGen.Benchmarks;

/// <summary>784-512-256-10 with ReLU.</summary>
[Network, Input(784), Dense(512, Activation = Activation.ReLU), Dense(256, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]
public sealed partial class MlpWide;
