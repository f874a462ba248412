namespace NetGen.Tests.Training;

/// <summary>Filters that inference turns into factors, a normalization that becomes a scale, and weights that are read as they are.</summary>
[Network]
[Input(9, 10, 16)]
[Conv2D(48, 3, Padding = Padding.Same, UseBias = false), BatchNormalization, ReLU]
[Conv2D(32, 3, Activation = Activation.ReLU)]
[Conv2D(20, 1), GlobalAveragePooling2D]
[Dense(5, Activation = Activation.Softmax)]
public partial class Filtered;
