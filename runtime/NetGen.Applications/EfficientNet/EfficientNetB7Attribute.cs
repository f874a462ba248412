namespace NetGen;

/// <summary>
/// EfficientNetB7, 66,658,686 parameters for 1000 classes, and in Keras one more, which counts what its Normalization has seen: the probabilities (batch, classes). Its images are of 600 x 600.
/// With <c>Name = ""</c> the layers have Keras's own names, <c>stem_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/stem_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: within, from pixels of 0 to 255.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="dropConnect">The share of samples that a unit behind the last one would drop; those before drop less in proportion.</param>
/// <param name="imageNet">Whether what is normalized is divided once more by the roots of ImageNet's deviations, as Keras's weights of ImageNet want it.</param>
/// <param name="dropout">The share of features that is dropped before the classes.</param>
[Block<EfficientNetB7BaseAttribute>(nameof(dropConnect), nameof(imageNet), Name = "")]
[Block<EfficientNetTopAttribute>(nameof(classes), nameof(dropout), Name = "")]
public sealed class EfficientNetB7Attribute(int classes = 1000, double dropConnect = 0.2, bool imageNet = true, double dropout = 0.5) : BlockAttribute;
