namespace NetGen;

/// <summary>
/// VGG19, 143,667,240 parameters for 224 x 224 x 3 and 1000 classes: the probabilities (batch, classes).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>block1_conv1</c>, so that its weights fit; with a name they stand behind it, <c>base/block1_conv1</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: <see cref="PreprocessingMode.Caffe"/>.
/// </summary>
/// <param name="classes">The number of classes.</param>
[VGG19Base(Name = "")]
[Flatten(Name = "flatten")]
[Dense(4096, Activation = Activation.ReLU, Name = "fc1")]
[Dense(4096, Activation = Activation.ReLU, Name = "fc2")]
[Dense(nameof(classes), Activation = Activation.Softmax, Name = "predictions")]
public sealed class VGG19Attribute(int classes = 1000) : BlockAttribute;
