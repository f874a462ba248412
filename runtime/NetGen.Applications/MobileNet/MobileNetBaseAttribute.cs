namespace NetGen;

/// <summary>
/// MobileNet without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 1024 alpha).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.TF"/>. Howard et al.: "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017.
/// </summary>
/// <param name="alpha">What all channels are multiplied by; Keras has weights for 0.25, 0.5, 0.75 and 1.</param>
/// <param name="depthMultiplier">How many channels the depthwise convolutions make of each.</param>
[Conv2D("floor(32 * alpha)", 3, Strides = 2, Padding = Padding.Same, UseBias = false, Name = "conv1")]
[BatchNormalization(Name = "conv1_bn"), ReLU(6, Name = "conv1_relu")]
[Block<MobileNetUnitAttribute>(64, 1, 1, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(128, 2, 2, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(128, 1, 3, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(256, 2, 4, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(256, 1, 5, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(512, 2, 6, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(512, 1, "i + 7", nameof(alpha), nameof(depthMultiplier), Name = "", Repeat = 5)]
[Block<MobileNetUnitAttribute>(1024, 2, 12, nameof(alpha), nameof(depthMultiplier), Name = "")]
[Block<MobileNetUnitAttribute>(1024, 1, 13, nameof(alpha), nameof(depthMultiplier), Name = "")]
public sealed class MobileNetBaseAttribute(double alpha = 1, int depthMultiplier = 1) : BlockAttribute;
