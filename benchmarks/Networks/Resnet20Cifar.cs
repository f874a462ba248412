namespace NetGen.Benchmarks;

/// <summary>ResNet-20 for 32x32x3 and 10 classes: three stages of three blocks (He et al., 2015, section 4.2).</summary>
[Network, Input(32, 32, 3)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, Name = "conv1_conv"), BatchNormalization(Name = "conv1_bn"), ReLU]
[Block<BasicResidualAttribute>(16, 1, "stage1_block{i + 1}", Name = "", Repeat = 3)]
[BasicResidual(32, 2, "stage2_block1", Name = ""), Block<BasicResidualAttribute>(32, 1, "stage2_block{i + 2}", Name = "", Repeat = 2)]
[BasicResidual(64, 2, "stage3_block1", Name = ""), Block<BasicResidualAttribute>(64, 1, "stage3_block{i + 2}", Name = "", Repeat = 2)]
[GlobalAveragePooling2D, Dense(10, Activation = Activation.Softmax, Name = "predictions")]
public sealed partial class Resnet20Cifar;
