namespace NetGen;

/// <summary>The beginning of ResNet: a convolution of 7x7 and a pooling, each of stride 2, with their zeros as layers of their own.</summary>
/// <param name="preactivated">Whether normalization and ReLU are left to the blocks, as in the second version.</param>
[ZeroPadding2D(3, Name = "conv1_pad"), Conv2D(64, 7, Strides = 2, Name = "conv1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "conv1_bn", When = "!preactivated"), ReLU(Name = "conv1_relu", When = "!preactivated")]
[ZeroPadding2D(1, Name = "pool1_pad"), MaxPooling2D(3, Strides = 2, Name = "pool1_pool")]
public sealed class ResNetStemAttribute(bool preactivated) : BlockAttribute;
