namespace NetGen;

/// <summary>A stage of VGG: 3x3 convolutions with ReLU, then a pooling that halves the map. Simonyan, Zisserman: "Very deep convolutional networks for large-scale image recognition", 2014.</summary>
/// <param name="filters">The channels of each convolution.</param>
/// <param name="convolutions">How many there are.</param>
/// <param name="prefix">What names begin with: <c>block1</c>.</param>
[Conv2D(nameof(filters), 3, Padding = Padding.Same, Activation = Activation.ReLU, Repeat = nameof(convolutions), Name = "{prefix}_conv{i + 1}")]
[MaxPooling2D(2, Strides = 2, Name = "{prefix}_pool")]
public sealed class VGGStageAttribute(int filters, int convolutions, string prefix) : BlockAttribute;
