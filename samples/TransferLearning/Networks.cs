namespace NetGen.Samples;

/// <summary>Tells five digits apart, with a base that trains from the start.</summary>
[Network]
[Input(28, 28, 1), DigitBase(Name = "base"), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class FiveDigits;

/// <summary>The same with a base that was trained before, and starts frozen.</summary>
[Network]
[Input(28, 28, 1), DigitBase(Name = "base", Trainable = false), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class FiveOtherDigits;
