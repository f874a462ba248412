namespace NetGen.Samples;

/// <summary>
/// For digits of 28 x 28 grey values from 0 to 255, after LeCun, Bottou, Bengio, Haffner: "Gradient-based learning applied to document recognition", 1998, with more
/// filters, ReLU, BatchNormalization and dropout. While it learns, digits are shifted by up to three pixels, so that it learns shapes instead of places; a mirrored digit
/// would be none. Pooling comes first where it can, as what follows then has a quarter of the work.
/// </summary>
[Network]
[Input(28, 28, 1), Rescaling(1 / 255.0)]
[RandomTranslation(0.1, 0.1, FillMode = FillMode.Constant, Interpolation = Interpolation.Nearest)]
[Conv2D(32, 5, UseBias = false), MaxPooling2D(2), BatchNormalization(Momentum = 0.9), ReLU]
[Conv2D(64, 5, UseBias = false), MaxPooling2D(2), BatchNormalization(Momentum = 0.9), ReLU]
[Flatten, Dense(128, Activation = Activation.ReLU), Dropout(0.4)]
[Dense(10, Activation = Activation.Softmax)]
public partial class LeNet;
