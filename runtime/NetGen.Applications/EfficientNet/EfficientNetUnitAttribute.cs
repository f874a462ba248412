namespace NetGen;

/// <summary>
/// The unit of EfficientNet: a widening convolution of 1x1, a depthwise one, a weighting of its channels and a narrowing convolution, added to the input where the shapes are equal. In
/// training, whole samples of what is added are dropped. Tan, Le: "EfficientNet: rethinking model scaling for convolutional neural networks", 2019.
/// </summary>
/// <param name="filters">The channels of the output.</param>
/// <param name="kernelSize">The size of the depthwise filters.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="expansion">How many times as many channels the depthwise convolution has; with 1 nothing widens before it.</param>
/// <param name="dropConnect">The share of samples that is dropped.</param>
/// <param name="prefix">What names begin with: <c>block1a</c>.</param>
[Conv2D("expansion * channels", 1, Padding = Padding.Same, UseBias = false, KernelInitializer = KernelInitializer, When = "expansion > 1", Name = "{prefix}_expand_conv")]
[BatchNormalization(When = "expansion > 1", Name = "{prefix}_expand_bn"), SiLU(When = "expansion > 1", Name = "{prefix}_expand_activation")]
[ZeroPadding2D("kernelSize / 2 - 1 + height % 2", "kernelSize / 2", "kernelSize / 2 - 1 + width % 2", "kernelSize / 2", When = "strides > 1", Name = "{prefix}_dwconv_pad")]
[DepthwiseConv2D(nameof(kernelSize), Strides = nameof(strides), Padding = "strides == 1 ? 'same' : 'valid'", UseBias = false, DepthwiseInitializer = KernelInitializer, Name = "{prefix}_dwconv")]
[BatchNormalization(Name = "{prefix}_bn"), SiLU(Name = "{prefix}_activation")]
[GlobalAveragePooling2D(Keepdims = true, Name = "{prefix}_se_squeeze")]
[Conv2D("max(1, channels / 4)", 1, Padding = Padding.Same, Activation = Activation.SiLU, KernelInitializer = KernelInitializer, Name = "{prefix}_se_reduce")]
[Conv2D("expansion * channels", 1, Padding = Padding.Same, Activation = Activation.Sigmoid, KernelInitializer = KernelInitializer, Name = "{prefix}_se_expand")]
[Multiply("{prefix}_activation", "{prefix}_se_expand", Name = "{prefix}_se_excite")]
[Conv2D(nameof(filters), 1, Padding = Padding.Same, UseBias = false, KernelInitializer = KernelInitializer, Name = "{prefix}_project_conv"), BatchNormalization(Name = "{prefix}_project_bn")]
[Dropout(nameof(dropConnect), NoiseShape = new[] { -1, 1, 1, 1 }, When = "strides == 1 && channels == filters && dropConnect > 0", Name = "{prefix}_drop")]
[Add("{prefix}_drop", "input", When = "strides == 1 && channels == filters", Name = "{prefix}_add")]
public sealed class EfficientNetUnitAttribute(int filters, int kernelSize, int strides, int expansion, double dropConnect, string prefix) : BlockAttribute
{
    internal const string KernelInitializer = "VarianceScaling(scale: 2, mode: \"fan_out\", distribution: \"truncated_normal\")";
}
