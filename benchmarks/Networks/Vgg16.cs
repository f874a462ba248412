namespace NetGen.Benchmarks;

/// <summary>VGG16 as Keras has it: 224 x 224 x 3, 1000 classes.</summary>
[Network, Input(224, 224, 3), VGG16(Name = "")]
public sealed partial class Vgg16;
