namespace NetGen;

/// <summary>The beginning of MobileNetV3: its preprocessing, and a convolution of 3x3 of stride 2.</summary>
/// <param name="activation">The activation.</param>
/// <param name="includePreprocessing">Whether the input is rescaled from 0 to 255 to -1 to 1.</param>
[Rescaling(1 / 127.5, Offset = -1, When = nameof(includePreprocessing), Name = "rescaling")]
[Conv2D(16, 3, Strides = 2, Padding = Padding.Same, UseBias = false, Name = "conv")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "conv_bn"), Activation(nameof(activation), Name = "conv_activation")]
public sealed class MobileNetV3StemAttribute(Activation activation, bool includePreprocessing) : BlockAttribute;
