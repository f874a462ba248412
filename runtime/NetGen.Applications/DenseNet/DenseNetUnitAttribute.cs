namespace NetGen;

/// <summary>
/// The unit of DenseNet: a convolution of 1x1 to 128 channels and one of 3x3 to 32, each normalized and rectified before it, whose result stands behind the channels of the input.
/// Huang, Liu, van der Maaten, Weinberger: "Densely connected convolutional networks", 2017.
/// </summary>
/// <param name="prefix">What names begin with: <c>conv2_block1</c>.</param>
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_0_bn"), ReLU(Name = "{prefix}_0_relu")]
[Conv2D(128, 1, UseBias = false, Name = "{prefix}_1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_1_bn"), ReLU(Name = "{prefix}_1_relu")]
[Conv2D(32, 3, Padding = Padding.Same, UseBias = false, Name = "{prefix}_2_conv")]
[Concatenate("input", "{prefix}_2_conv", Name = "{prefix}_concat")]
public sealed class DenseNetUnitAttribute(string prefix) : BlockAttribute;
