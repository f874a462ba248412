namespace NetGen.Samples;

/// <summary>
/// For colour images of 32 x 32 from 0 to 255: 20 layers with weights, the net for CIFAR-10 of He, Zhang, Ren, Sun: "Deep residual learning for image recognition", 2015.
/// While it learns, half of the images are mirrored, and all are shifted by up to four pixels over grey.
/// </summary>
[Network]
[Input(32, 32, 3), Rescaling(1 / 127.5, Offset = -1)]
[RandomFlip(FlipMode.Horizontal), RandomTranslation(0.125, 0.125, FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest)]
[Conv2D(16, 3, Padding = Padding.Same, UseBias = false, KernelInitializer = "HeNormal"), BatchNormalization(Momentum = 0.9), ReLU]
[ResidualStage(16, 1), ResidualStage(32, 2), ResidualStage(64, 2)]
[GlobalAveragePooling2D, Dense(10, Activation = Activation.Softmax)]
public partial class ResNet20;
