namespace NetGen.Benchmarks;

/// <summary>The network of NetGen.Applications with the most taps: each unit takes what all before it have made. It is a resource and not compiled.</summary>
[Network, Input(224, 224, 3), DenseNet121(Name = "")]
public sealed partial class Densenet121;
