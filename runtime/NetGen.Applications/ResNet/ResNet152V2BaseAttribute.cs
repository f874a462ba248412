namespace NetGen;

/// <summary>
/// ResNet152V2 without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 2048).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.TF"/>.
/// </summary>
[ResNetStem(true, Name = "")]
[ResNetV2Stage(64, 3, 2, "conv2", Name = "")]
[ResNetV2Stage(128, 8, 2, "conv3", Name = "")]
[ResNetV2Stage(256, 36, 2, "conv4", Name = "")]
[ResNetV2Stage(512, 3, 1, "conv5", Name = "")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "post_bn"), ReLU(Name = "post_relu")]
public sealed class ResNet152V2BaseAttribute : BlockAttribute;
