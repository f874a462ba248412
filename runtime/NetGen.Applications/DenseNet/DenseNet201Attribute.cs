namespace NetGen;

/// <summary>
/// DenseNet201, 20,242,984 parameters for 3 channels and 1000 classes: the probabilities (batch, classes).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv1_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv1_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Torch"/>.
/// </summary>
/// <param name="classes">The number of classes.</param>
[DenseNet201Base(Name = "")]
[GlobalAveragePooling2D(Name = "avg_pool")]
[Dense(nameof(classes), Activation = Activation.Softmax, Name = "predictions")]
public sealed class DenseNet201Attribute(int classes = 1000) : BlockAttribute;
