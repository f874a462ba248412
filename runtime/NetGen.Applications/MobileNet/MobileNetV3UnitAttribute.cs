namespace NetGen;

/// <summary>
/// The unit of MobileNetV3: that of MobileNetV2 with another activation, larger filters and weighted channels.
/// Howard et al.: "Searching for MobileNetV3", 2019.
/// </summary>
/// <param name="filters">The channels of the output, before <paramref name="alpha"/>.</param>
/// <param name="kernelSize">The size of the depthwise filters.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="expansion">How many times as many channels the depthwise convolution has, rounded to a multiple of 8; with 1 nothing widens before it.</param>
/// <param name="squeeze">The share of channels that <see cref="SqueezeExciteAttribute"/> has; none with 0.</param>
/// <param name="activation">The activation, <see cref="Activation.ReLU"/> or <see cref="Activation.HardSiLU"/>.</param>
/// <param name="alpha">What the channels are multiplied by, rounded to a multiple of 8.</param>
/// <param name="prefix">What names begin with: <c>expanded_conv_1</c>.</param>
[Conv2D("divisible(channels * expansion, 8)", 1, Padding = Padding.Same, UseBias = false, When = "expansion > 1", Name = "{prefix}_expand")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, When = "expansion > 1", Name = "{prefix}_expand_bn")]
[Activation(nameof(activation), When = "expansion > 1", Name = "{prefix}_expand_activation")]
[ZeroPadding2D("kernelSize / 2 - 1 + height % 2", "kernelSize / 2", "kernelSize / 2 - 1 + width % 2", "kernelSize / 2", When = "strides > 1", Name = "{prefix}_depthwise_pad")]
[DepthwiseConv2D(nameof(kernelSize), Strides = nameof(strides), Padding = "strides == 1 ? 'same' : 'valid'", UseBias = false, Name = "{prefix}_depthwise")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "{prefix}_depthwise_bn"), Activation(nameof(activation), Name = "{prefix}_depthwise_activation")]
[Block<SqueezeExciteAttribute>(nameof(squeeze), "{prefix}_squeeze_excite", When = "squeeze > 0", Name = "")]
[Conv2D("divisible(filters * alpha, 8)", 1, Padding = Padding.Same, UseBias = false, Name = "{prefix}_project")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "{prefix}_project_bn")]
[Add("input", "{prefix}_project_bn", When = "strides == 1 && channels == divisible(filters * alpha, 8)", Name = "{prefix}_add")]
public sealed class MobileNetV3UnitAttribute(int filters, int kernelSize, int strides, double expansion, double squeeze, Activation activation, double alpha, string prefix) : BlockAttribute;
