namespace NetGen.Benchmarks;

/// <summary>SqueezeNet 1.1 as the ONNX model zoo has it, without its dropout: 224 x 224 x 3, 1000 classes.</summary>
[Network, Input(224, 224, 3), Conv2D(64, 3, Strides = 2, Activation = Activation.ReLU, Name = "conv1"), MaxPooling2D(3, Strides = 2)]
[Fire(16, 64, "fire2", Name = ""), Fire(16, 64, "fire3", Name = ""), MaxPooling2D(3, Strides = 2)]
[Fire(32, 128, "fire4", Name = ""), Fire(32, 128, "fire5", Name = ""), MaxPooling2D(3, Strides = 2)]
[Fire(48, 192, "fire6", Name = ""), Fire(48, 192, "fire7", Name = ""), Fire(64, 256, "fire8", Name = ""), Fire(64, 256, "fire9", Name = "")]
[Conv2D(1000, 1, Activation = Activation.ReLU, Name = "conv10"), GlobalAveragePooling2D, Softmax]
public sealed partial class Squeezenet;
