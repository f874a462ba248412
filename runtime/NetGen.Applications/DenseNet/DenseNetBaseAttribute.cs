namespace NetGen;

/// <summary>DenseNet without its top: a stem and four stages. Huang, Liu, van der Maaten, Weinberger: "Densely connected convolutional networks", 2017.</summary>
/// <param name="third">The units of the third stage.</param>
/// <param name="fourth">The units of the fourth.</param>
[ZeroPadding2D(3, Name = "zero_padding2d"), Conv2D(64, 7, Strides = 2, UseBias = false, Name = "conv1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "conv1_bn"), ReLU(Name = "conv1_relu")]
[ZeroPadding2D(1, Name = "zero_padding2d_1"), MaxPooling2D(3, Strides = 2, Name = "pool1")]
[DenseNetStage(6, 2, Name = "")]
[DenseNetStage(12, 3, Name = "")]
[Block<DenseNetStageAttribute>(nameof(third), 4, true, Name = "")]
[Block<DenseNetStageAttribute>(nameof(fourth), 5, false, Name = "")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "bn"), ReLU(Name = "relu")]
public sealed class DenseNetBaseAttribute(int third, int fourth) : BlockAttribute;
