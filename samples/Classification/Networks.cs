namespace NetGen.Samples;

/// <summary>For digits of 28 x 28 grey values from 0 to 255.</summary>
[Network]
[Input(28, 28, 1), Rescaling(1 / 255.0), Flatten]
[Dense(384, Activation = Activation.ReLU), Dropout(0.4)]
[Dense(128, Activation = Activation.ReLU), Dropout(0.2)]
[Dense(10, Activation = Activation.Softmax)]
public partial class Digits;

/// <summary>For digits of 8 x 8 grey values from 0 to 16.</summary>
[Network]
[Input(64), Rescaling(1 / 16.0)]
[Dense(128, Activation = Activation.ReLU), Dropout(0.2)]
[Dense(10, Activation = Activation.Softmax)]
public partial class SmallDigits;
