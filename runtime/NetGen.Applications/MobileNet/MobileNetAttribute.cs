namespace NetGen;

/// <summary>
/// MobileNet, 4,253,864 parameters for 3 channels, 1000 classes and alpha 1: the probabilities (batch, classes).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.TF"/>.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">What all channels are multiplied by; Keras has weights for 0.25, 0.5, 0.75 and 1.</param>
/// <param name="depthMultiplier">How many channels the depthwise convolutions make of each.</param>
/// <param name="dropout">The share of features that is dropped before the classes.</param>
[Block<MobileNetBaseAttribute>(nameof(alpha), nameof(depthMultiplier), Name = "")]
[GlobalAveragePooling2D(Keepdims = true), Dropout(nameof(dropout), Name = "dropout")]
[Conv2D(nameof(classes), 1, Padding = Padding.Same, Name = "conv_preds")]
[Reshape(nameof(classes), Name = "reshape_2"), Activation(Activation.Softmax, Name = "predictions")]
public sealed class MobileNetAttribute(int classes = 1000, double alpha = 1, int depthMultiplier = 1, double dropout = 0.001) : BlockAttribute;
