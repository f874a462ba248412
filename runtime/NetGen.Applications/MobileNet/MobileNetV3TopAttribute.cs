namespace NetGen;

/// <summary>The top of MobileNetV3: the mean of the map, a convolution of 1x1, dropout and the classes.</summary>
/// <param name="features">The channels of the convolution, before <paramref name="alpha"/>.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">What <paramref name="features"/> are multiplied by where it is above 1, rounded to a multiple of 8.</param>
/// <param name="activation">The activation.</param>
/// <param name="dropout">The share of features that is dropped before the classes.</param>
[GlobalAveragePooling2D(Keepdims = true, Name = "global_average_pooling2d")]
[Conv2D("alpha > 1 ? divisible(features * alpha, 8) : features", 1, Padding = Padding.Same, Name = "conv_2"), Activation(nameof(activation), Name = "conv_2_activation")]
[Dropout(nameof(dropout), When = "dropout > 0", Name = "dropout"), Conv2D(nameof(classes), 1, Padding = Padding.Same, Name = "logits")]
[Flatten(Name = "flatten"), Activation(Activation.Softmax, Name = "predictions")]
public sealed class MobileNetV3TopAttribute(int features, int classes, double alpha, Activation activation, double dropout) : BlockAttribute;
