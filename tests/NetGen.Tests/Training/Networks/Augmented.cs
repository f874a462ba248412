namespace NetGen.Tests.Training;

/// <summary>Every augmentation, before weights that see what it did.</summary>
[Network]
[Input(9, 8, 3)]
[RandomFlip, RandomTranslation(0.2, 0.2), RandomCrop(7, 6), RandomContrast(0.4), RandomBrightness(0.3, ValueRange = new[] { -1.0, 1.0 })]
[Conv2D(6, 3, Activation = Activation.ReLU), GlobalAveragePooling2D]
[Dense(5, Activation = Activation.Softmax)]
public partial class Augmented;
