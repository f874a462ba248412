namespace NetGen.Benchmarks;

/// <summary>ResNet-50 as Keras has it: 224 x 224 x 3, 1000 classes.</summary>
[Network, Input(224, 224, 3), ResNet50(Name = "")]
public sealed partial class Resnet50;
