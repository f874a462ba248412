namespace NetGen;

/// <summary>
/// The unit of MobileNetV2: a widening convolution of 1x1, a depthwise one of 3x3 and a narrowing one of 1x1 without activation, added to the input where the shapes are equal.
/// Sandler et al.: "MobileNetV2: inverted residuals and linear bottlenecks", 2018.
/// </summary>
/// <param name="filters">The channels of the output, before <paramref name="alpha"/>.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="expansion">How many times as many channels the depthwise convolution has; with 1 nothing widens before it.</param>
/// <param name="alpha">What the channels are multiplied by, rounded to a multiple of 8.</param>
/// <param name="prefix">What names begin with: <c>block_1</c>.</param>
[Conv2D("expansion * channels", 1, Padding = Padding.Same, UseBias = false, When = "expansion > 1", Name = "{prefix}_expand")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, When = "expansion > 1", Name = "{prefix}_expand_BN")]
[ReLU(6, When = "expansion > 1", Name = "{prefix}_expand_relu")]
[ZeroPadding2D("height % 2", 1, "width % 2", 1, When = "strides > 1", Name = "{prefix}_pad")]
[DepthwiseConv2D(3, Strides = nameof(strides), Padding = "strides == 1 ? 'same' : 'valid'", UseBias = false, Name = "{prefix}_depthwise")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "{prefix}_depthwise_BN"), ReLU(6, Name = "{prefix}_depthwise_relu")]
[Conv2D("divisible(floor(filters * alpha), 8)", 1, Padding = Padding.Same, UseBias = false, Name = "{prefix}_project")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "{prefix}_project_BN")]
[Add("input", "{prefix}_project_BN", When = "strides == 1 && channels == divisible(floor(filters * alpha), 8)", Name = "{prefix}_add")]
public sealed class InvertedResidualAttribute(int filters, int strides, int expansion, double alpha, string prefix) : BlockAttribute;
