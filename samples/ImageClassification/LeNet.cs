namespace NetGen.Samples;

/// <summary>
/// For digits of 28 x 28 grey values from 0 to 255, after LeCun, Bottou, Bengio, Haffner: "Gradient-based learning applied to document recognition", 1998, with more
/// filters, ReLU and dropout. While it learns, digits are shifted by up to a tenth, so that it learns shapes in place of places; a mirrored digit would be none.
/// </summary>
[Network]
[Input(28, 28, 1), Rescaling(1 / 255.0)]
[RandomTranslation(0.1, 0.1, FillMode = FillMode.Constant)]
[Conv2D(32, 5, Activation = Activation.ReLU), MaxPooling2D(2)]
[Conv2D(64, 5, Activation = Activation.ReLU), MaxPooling2D(2)]
[Flatten, Dense(128, Activation = Activation.ReLU), Dropout(0.4)]
[Dense(10, Activation = Activation.Softmax)]
public partial class LeNet;
