namespace NetGen;

/// <summary>
/// EfficientNet of any width and depth without its top: (batch, height, width, 3) to (batch, height / 32, width / 32, 1280 times the width). The input is rescaled and, by a Normalization that adapts to
/// data, brought to mean 0 and deviation 1.
/// </summary>
/// <param name="widthCoefficient">What all channels are multiplied by, rounded to a multiple of 8.</param>
/// <param name="depthCoefficient">What the number of units of each stage is multiplied by, rounded up.</param>
/// <param name="dropConnect">The share of samples that a unit behind the last one would drop.</param>
/// <param name="imageNet">
/// Whether what is normalized is divided once more by the roots of ImageNet's deviations, as Keras's weights of ImageNet want it; without these it needs not be.
/// </param>
[Rescaling(1 / 255.0, Name = "rescaling"), Normalization(Name = "normalization")]
[Rescaling(new[] { 2.0896918976428642, 2.1128856368212916, 2.1081851067789197 }, When = nameof(imageNet), Name = "rescaling_1")]
[ZeroPadding2D("height % 2", 1, "width % 2", 1, Name = "stem_conv_pad"), Conv2D("divisible(32 * widthCoefficient, 8)", 3, Strides = 2, UseBias = false, KernelInitializer = EfficientNetUnitAttribute.KernelInitializer, Name = "stem_conv")]
[BatchNormalization(Name = "stem_bn"), SiLU(Name = "stem_activation")]
[Block<EfficientNetStageAttribute>(16, 3, 1, 1, 1, 0, nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 1, Name = "")]
[Block<EfficientNetStageAttribute>(24, 3, 2, 6, 2, "ceil(depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 2, Name = "")]
[Block<EfficientNetStageAttribute>(40, 5, 2, 6, 2, "ceil(depthCoefficient) + ceil(2 * depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 3, Name = "")]
[Block<EfficientNetStageAttribute>(80, 3, 2, 6, 3, "ceil(depthCoefficient) + 2 * ceil(2 * depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 4, Name = "")]
[Block<EfficientNetStageAttribute>(112, 5, 1, 6, 3, "ceil(depthCoefficient) + 2 * ceil(2 * depthCoefficient) + ceil(3 * depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 5, Name = "")]
[Block<EfficientNetStageAttribute>(192, 5, 2, 6, 4, "ceil(depthCoefficient) + 2 * ceil(2 * depthCoefficient) + 2 * ceil(3 * depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 6, Name = "")]
[Block<EfficientNetStageAttribute>(320, 3, 1, 6, 1, "ceil(depthCoefficient) + 2 * ceil(2 * depthCoefficient) + 2 * ceil(3 * depthCoefficient) + ceil(4 * depthCoefficient)", nameof(widthCoefficient), nameof(depthCoefficient), nameof(dropConnect), 7, Name = "")]
[Conv2D("divisible(1280 * widthCoefficient, 8)", 1, Padding = Padding.Same, UseBias = false, KernelInitializer = EfficientNetUnitAttribute.KernelInitializer, Name = "top_conv")]
[BatchNormalization(Name = "top_bn"), SiLU(Name = "top_activation")]
public sealed class EfficientNetBaseAttribute(double widthCoefficient, double depthCoefficient, double dropConnect, bool imageNet) : BlockAttribute;
