namespace NetGen;

/// <summary>
/// MobileNetV3Large, 5,507,432 parameters for 3 channels, 1000 classes and alpha 1: the probabilities (batch, classes).
/// With <c>Name = ""</c> the layers have Keras's own names, <c>conv</c>, so that its weights fit; with a name they stand behind it, <c>base/conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: within, from pixels of 0 to 255, unless <paramref name="includePreprocessing"/> is false: <see cref="PreprocessingMode.TF"/>.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">What all channels but the first 16 are multiplied by, rounded to a multiple of 8; Keras has weights for 0.75 and 1.</param>
/// <param name="minimalistic">Whether there are only filters of 3x3, ReLU and unweighted channels; Keras has weights for alpha 1.</param>
/// <param name="includePreprocessing">Whether the network takes pixels from 0 to 255; else from -1 to 1.</param>
/// <param name="dropout">The share of features that is dropped before the classes.</param>
[Block<MobileNetV3LargeBaseAttribute>(nameof(alpha), nameof(minimalistic), nameof(includePreprocessing), Name = "")]
[Block<MobileNetV3TopAttribute>(1280, nameof(classes), nameof(alpha), MobileNetV3.Activation, nameof(dropout), Name = "")]
public sealed class MobileNetV3LargeAttribute(int classes = 1000, double alpha = 1, bool minimalistic = false, bool includePreprocessing = true, double dropout = 0.2) : BlockAttribute;
