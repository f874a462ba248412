namespace NetGen;

/// <summary>
/// MobileNetV2 without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 1280), or 1280 alpha rounded to a multiple of 8 where alpha is above 1.
/// With <c>Name = ""</c> the layers have Keras's own names, <c>Conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/Conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.TF"/>.
/// </summary>
/// <param name="alpha">What all channels are multiplied by; Keras has weights for 0.35, 0.5, 0.75, 1, 1.3 and 1.4.</param>
[Conv2D("divisible(32 * alpha, 8)", 3, Strides = 2, Padding = Padding.Same, UseBias = false, Name = "Conv1")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "bn_Conv1"), ReLU(6, Name = "Conv1_relu")]
[Block<InvertedResidualAttribute>(16, 1, 1, nameof(alpha), "expanded_conv", Name = "")]
[Block<InvertedResidualAttribute>(24, 2, 6, nameof(alpha), "block_1", Name = "")]
[Block<InvertedResidualAttribute>(24, 1, 6, nameof(alpha), "block_2", Name = "")]
[Block<InvertedResidualAttribute>(32, 2, 6, nameof(alpha), "block_3", Name = "")]
[Block<InvertedResidualAttribute>(32, 1, 6, nameof(alpha), "block_{i + 4}", Name = "", Repeat = 2)]
[Block<InvertedResidualAttribute>(64, 2, 6, nameof(alpha), "block_6", Name = "")]
[Block<InvertedResidualAttribute>(64, 1, 6, nameof(alpha), "block_{i + 7}", Name = "", Repeat = 3)]
[Block<InvertedResidualAttribute>(96, 1, 6, nameof(alpha), "block_{i + 10}", Name = "", Repeat = 3)]
[Block<InvertedResidualAttribute>(160, 2, 6, nameof(alpha), "block_13", Name = "")]
[Block<InvertedResidualAttribute>(160, 1, 6, nameof(alpha), "block_{i + 14}", Name = "", Repeat = 2)]
[Block<InvertedResidualAttribute>(320, 1, 6, nameof(alpha), "block_16", Name = "")]
[Conv2D("alpha > 1 ? divisible(1280 * alpha, 8) : 1280", 1, UseBias = false, Name = "Conv_1")]
[BatchNormalization(Epsilon = 1e-3, Momentum = 0.999, Name = "Conv_1_bn"), ReLU(6, Name = "out_relu")]
public sealed class MobileNetV2BaseAttribute(double alpha = 1) : BlockAttribute;
