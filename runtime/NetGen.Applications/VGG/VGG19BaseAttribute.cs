namespace NetGen;

/// <summary>
/// VGG19 without its dense top: (batch, height, width, channels) to (batch, height / 32, width / 32, 512).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>block1_conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/block1_conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Caffe"/>.
/// </summary>
[VGGStage(64, 2, "block1", Name = "")]
[VGGStage(128, 2, "block2", Name = "")]
[VGGStage(256, 4, "block3", Name = "")]
[VGGStage(512, 4, "block4", Name = "")]
[VGGStage(512, 4, "block5", Name = "")]
public sealed class VGG19BaseAttribute : BlockAttribute;
