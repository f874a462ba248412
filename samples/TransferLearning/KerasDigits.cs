namespace NetGen.Samples;

// With Training = false, normalizations keep the averages of ImageNet's million images, also while they are tuned on a hundred. VGG has none.

/// <summary>Tells five digits apart by what ResNet50 makes of photographs.</summary>
[Network]
[Input(28, 28, 1), Photograph, CaffePreprocessing, ResNet50Base(Name = "base", Trainable = false, Training = false)]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class ResNet50Digits;

/// <summary>The same on VGG16.</summary>
[Network]
[Input(28, 28, 1), Photograph, CaffePreprocessing, VGG16Base(Name = "base", Trainable = false)]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class VGG16Digits;

/// <summary>The same on VGG19.</summary>
[Network]
[Input(28, 28, 1), Photograph, CaffePreprocessing, VGG19Base(Name = "base", Trainable = false)]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class VGG19Digits;

/// <summary>The same on MobileNet.</summary>
[Network]
[Input(28, 28, 1), Photograph, TFPreprocessing, MobileNetBase(Name = "base", Trainable = false, Training = false)]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class MobileNetDigits;

/// <summary>The same on MobileNetV2.</summary>
[Network]
[Input(28, 28, 1), Photograph, TFPreprocessing, MobileNetV2Base(Name = "base", Trainable = false, Training = false)]
[GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax, Name = "head")]
public partial class MobileNetV2Digits;
