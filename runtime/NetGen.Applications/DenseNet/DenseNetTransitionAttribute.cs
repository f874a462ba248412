namespace NetGen;

/// <summary>What stands between two stages of DenseNet: a convolution of 1x1 to half of the channels, normalized and rectified before it, and a pooling of 2x2.</summary>
/// <param name="prefix">What names begin with: <c>pool2</c>.</param>
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_bn"), ReLU(Name = "{prefix}_relu")]
[Conv2D("channels / 2", 1, UseBias = false, Name = "{prefix}_conv")]
[AveragePooling2D(2, Strides = 2, Name = "{prefix}_pool")]
public sealed class DenseNetTransitionAttribute(string prefix) : BlockAttribute;
