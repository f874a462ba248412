namespace NetGen;

/// <summary>The unit of MobileNet: a depthwise convolution of 3x3 and one of 1x1, each with BatchNormalization and ReLU6.</summary>
/// <param name="filters">The channels of the output, before <paramref name="alpha"/>.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="id">The number in the names: <c>conv_dw_1</c>.</param>
/// <param name="alpha">What the channels are multiplied by, rounded down.</param>
/// <param name="depthMultiplier">How many channels the depthwise convolution makes of each.</param>
[ZeroPadding2D(0, 1, 0, 1, When = "strides > 1", Name = "conv_pad_{id}")]
[DepthwiseConv2D(3, Strides = nameof(strides), Padding = "strides == 1 ? 'same' : 'valid'", DepthMultiplier = nameof(depthMultiplier), UseBias = false, Name = "conv_dw_{id}")]
[BatchNormalization(Name = "conv_dw_{id}_bn"), ReLU(6, Name = "conv_dw_{id}_relu")]
[Conv2D("floor(filters * alpha)", 1, Padding = Padding.Same, UseBias = false, Name = "conv_pw_{id}")]
[BatchNormalization(Name = "conv_pw_{id}_bn"), ReLU(6, Name = "conv_pw_{id}_relu")]
public sealed class MobileNetUnitAttribute(int filters, int strides, int id, double alpha, int depthMultiplier) : BlockAttribute;
