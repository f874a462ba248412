namespace NetGen;

/// <summary>
/// Weights the channels of a map by what all of the map says: its mean, through two convolutions of 1x1. The first is of fewer channels, a multiple of 8.
/// Hu, Shen, Sun: "Squeeze-and-excitation networks", 2018; as MobileNetV3 has it.
/// </summary>
/// <param name="ratio">The share of the channels that the first convolution has.</param>
/// <param name="prefix">What names begin with: <c>expanded_conv_squeeze_excite</c>.</param>
[GlobalAveragePooling2D(Keepdims = true, Name = "{prefix}_avg_pool")]
[Conv2D("divisible(channels * ratio, 8)", 1, Padding = Padding.Same, Name = "{prefix}_conv"), ReLU(Name = "{prefix}_relu")]
[Conv2D("channels", 1, Padding = Padding.Same, Name = "{prefix}_conv_1"), HardSigmoid(Name = "{prefix}_hard_sigmoid")]
[Multiply("input", "{prefix}_hard_sigmoid", Name = "{prefix}_mul")]
public sealed class SqueezeExciteAttribute(double ratio, string prefix) : BlockAttribute;
