namespace NetGen;

/// <summary>The last convolution of MobileNetV3 without its top: 1x1, to six times as many channels.</summary>
/// <param name="activation">The activation.</param>
[Conv2D("divisible(6 * channels, 8)", 1, Padding = Padding.Same, UseBias = false, Name = "conv_1")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "conv_1_bn"), Activation(nameof(activation), Name = "conv_1_activation")]
public sealed class MobileNetV3EndAttribute(Activation activation) : BlockAttribute;
