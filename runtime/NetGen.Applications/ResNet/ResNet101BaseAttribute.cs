namespace NetGen;

/// <summary>
/// ResNet101 (version 1) without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 2048).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Caffe"/>.
/// </summary>
[ResNetStem(false, Name = "")]
[ResNetStage(64, 3, 1, "conv2", Name = "")]
[ResNetStage(128, 4, 2, "conv3", Name = "")]
[ResNetStage(256, 23, 2, "conv4", Name = "")]
[ResNetStage(512, 3, 2, "conv5", Name = "")]
public sealed class ResNet101BaseAttribute : BlockAttribute;
