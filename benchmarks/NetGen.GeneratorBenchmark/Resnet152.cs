namespace NetGen.Benchmarks;

/// <summary>The deepest network of NetGen.Applications, for what runs while its author types. It is a resource and not compiled.</summary>
[Network, Input(224, 224, 3), ResNet152(Name = "")]
public sealed partial class Resnet152;
