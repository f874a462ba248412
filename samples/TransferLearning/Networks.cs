namespace NetGen.Samples;

/// <summary>Tells five digits apart, with a base that trains from the start.</summary>
[Network]
[Input(28, 28, 1), DigitBase(Name = "base"), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class FiveDigits;

/// <summary>
/// The same with a base that was trained before. It starts frozen; and as a hundred images say little about averages, its normalizations keep those that it has when it is
/// fine-tuned, too.
/// </summary>
[Network]
[Input(28, 28, 1), DigitBase(Name = "base", Trainable = false, Training = false), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class FiveOtherDigits;
