namespace NetGen;

/// <summary>
/// MobileNetV3Large without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 960), or six times 160 alpha.
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: within, from pixels of 0 to 255, unless <paramref name="includePreprocessing"/> is false: <see cref="PreprocessingMode.TF"/>.
/// </summary>
/// <param name="alpha">What all channels but the first 16 are multiplied by, rounded to a multiple of 8; Keras has weights for 0.75 and 1.</param>
/// <param name="minimalistic">Whether there are only filters of 3x3, ReLU and unweighted channels; Keras has weights for alpha 1.</param>
/// <param name="includePreprocessing">Whether the network takes pixels from 0 to 255; else from -1 to 1.</param>
[Block<MobileNetV3StemAttribute>(MobileNetV3.Activation, nameof(includePreprocessing), Name = "")]
[Block<MobileNetV3UnitAttribute>(16, 3, 1, 1.0, 0.0, Activation.ReLU, nameof(alpha), "expanded_conv", Name = "")]
[Block<MobileNetV3UnitAttribute>(24, 3, 2, 4.0, 0.0, Activation.ReLU, nameof(alpha), "expanded_conv_1", Name = "")]
[Block<MobileNetV3UnitAttribute>(24, 3, 1, 3.0, 0.0, Activation.ReLU, nameof(alpha), "expanded_conv_2", Name = "")]
[Block<MobileNetV3UnitAttribute>(40, MobileNetV3.KernelSize, 2, 3.0, MobileNetV3.Squeeze, Activation.ReLU, nameof(alpha), "expanded_conv_3", Name = "")]
[Block<MobileNetV3UnitAttribute>(40, MobileNetV3.KernelSize, 1, 3.0, MobileNetV3.Squeeze, Activation.ReLU, nameof(alpha), "expanded_conv_{i + 4}", Name = "", Repeat = 2)]
[Block<MobileNetV3UnitAttribute>(80, 3, 2, 6.0, 0.0, MobileNetV3.Activation, nameof(alpha), "expanded_conv_6", Name = "")]
[Block<MobileNetV3UnitAttribute>(80, 3, 1, 2.5, 0.0, MobileNetV3.Activation, nameof(alpha), "expanded_conv_7", Name = "")]
[Block<MobileNetV3UnitAttribute>(80, 3, 1, 2.3, 0.0, MobileNetV3.Activation, nameof(alpha), "expanded_conv_{i + 8}", Name = "", Repeat = 2)]
[Block<MobileNetV3UnitAttribute>(112, 3, 1, 6.0, MobileNetV3.Squeeze, MobileNetV3.Activation, nameof(alpha), "expanded_conv_{i + 10}", Name = "", Repeat = 2)]
[Block<MobileNetV3UnitAttribute>(160, MobileNetV3.KernelSize, 2, 6.0, MobileNetV3.Squeeze, MobileNetV3.Activation, nameof(alpha), "expanded_conv_12", Name = "")]
[Block<MobileNetV3UnitAttribute>(160, MobileNetV3.KernelSize, 1, 6.0, MobileNetV3.Squeeze, MobileNetV3.Activation, nameof(alpha), "expanded_conv_{i + 13}", Name = "", Repeat = 2)]
[Block<MobileNetV3EndAttribute>(MobileNetV3.Activation, Name = "")]
public sealed class MobileNetV3LargeBaseAttribute(double alpha = 1, bool minimalistic = false, bool includePreprocessing = true) : BlockAttribute;
