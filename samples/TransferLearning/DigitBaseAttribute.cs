namespace NetGen.Samples;

/// <summary>A small ResNet without its top: (28, 28, 1) from 0 to 255 to (7, 7, 64).</summary>
[Rescaling(1 / 127.5, Offset = -1)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = "HeNormal"), BatchNormalization(Momentum = 0.9), ReLU]
[ResidualBlock(16, 1), ResidualBlock(32, 2), ResidualBlock(64, 2)]
public sealed class DigitBaseAttribute : BlockAttribute;
