namespace NetGen;

/// <summary>
/// DenseNet121 without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 1024).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Torch"/>.
/// </summary>
[ZeroPadding2D(3, Name = "zero_padding2d"), Conv2D(64, 7, Strides = 2, UseBias = false, Name = "conv1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "conv1_bn"), ReLU(Name = "conv1_relu")]
[ZeroPadding2D(1, Name = "zero_padding2d_1"), MaxPooling2D(3, Strides = 2, Name = "pool1")]
[DenseNetStage(6, 2, Name = "")]
[DenseNetStage(12, 3, Name = "")]
[DenseNetStage(24, 4, Name = "")]
[DenseNetStage(16, 5, shrinks: false, Name = "")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "bn"), ReLU(Name = "relu")]
public sealed class DenseNet121BaseAttribute : BlockAttribute;
