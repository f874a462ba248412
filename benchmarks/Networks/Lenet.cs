namespace NetGen.Benchmarks;

/// <summary>Two convolutions 5x5 with pools, 128-10 with ReLU.</summary>
[Network, Input(28, 28, 1)]
[Conv2D(32, 5, Activation = Activation.ReLU), MaxPooling2D(2)]
[Conv2D(64, 5, Activation = Activation.ReLU), MaxPooling2D(2)]
[Flatten, Dense(128, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]
public sealed partial class Lenet;
