namespace NetGen;

/// <summary>
/// EfficientNetB6 without its top: (batch, height, width, 3) to (batch, height / 32, width / 32, 2304); 528 is the size of image that it was made for.
/// With <c>Name = ""</c> the layers have Keras's own names, <c>stem_conv</c>, so that its weights fit; with a name they stand behind it, <c>base/stem_conv</c>,
/// and <c>model["base"].LoadWeights</c> reads a file of Keras's names.
/// Preprocessing: within, from pixels of 0 to 255.
/// </summary>
/// <param name="dropConnect">The share of samples that a unit behind the last one would drop; those before drop less in proportion.</param>
/// <param name="imageNet">Whether what is normalized is divided once more by the roots of ImageNet's deviations, as Keras's weights of ImageNet want it.</param>
[Block<EfficientNetBaseAttribute>(1.8, 2.6, nameof(dropConnect), nameof(imageNet), Name = "")]
public sealed class EfficientNetB6BaseAttribute(double dropConnect = 0.2, bool imageNet = true) : BlockAttribute;
