namespace NetGen;

/// <summary>
/// DenseNet201 without its top: (batch, height, width, channels) to (batch, height / 32, width / 32, 1920).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Torch"/>.
/// </summary>
[DenseNetBase(48, 32, Name = "")]
public sealed class DenseNet201BaseAttribute : BlockAttribute;
