namespace NetGen.Benchmarks;

/// <summary>MobileNetV2 as Keras has it: 224 x 224 x 3, 1000 classes.</summary>
[Network, Input(224, 224, 3), MobileNetV2(Name = "")]
public sealed partial class Mobilenetv2;
