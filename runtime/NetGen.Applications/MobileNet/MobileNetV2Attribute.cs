namespace NetGen;

/// <summary>
/// MobileNetV2, 3,538,984 parameters for 3 channels, 1000 classes and alpha 1: the probabilities (batch, classes).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>Conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/Conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.TF"/>.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">What all channels are multiplied by; Keras has weights for 0.35, 0.5, 0.75, 1, 1.3 and 1.4.</param>
[Block<MobileNetV2BaseAttribute>(nameof(alpha), Name = "")]
[GlobalAveragePooling2D, Dense(nameof(classes), Activation = Activation.Softmax, Name = "predictions")]
public sealed class MobileNetV2Attribute(int classes = 1000, double alpha = 1) : BlockAttribute;
