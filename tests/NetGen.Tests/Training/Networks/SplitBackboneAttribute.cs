namespace NetGen.Tests.Training;

/// <summary>Convolutions with normalization, as a base of its own or in a network.</summary>
[Conv2D(6, 3, Padding = Padding.Same, UseBias = false, Name = "conv1"), BatchNormalization(Momentum = 0.9, Name = "bn1"), ReLU]
[Conv2D(8, 3, Padding = Padding.Same, UseBias = false, Name = "conv2"), BatchNormalization(Momentum = 0.9, Name = "bn2"), ReLU]
public sealed class SplitBackboneAttribute : BlockAttribute;
