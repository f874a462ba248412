namespace NetGen.Benchmarks;

/// <summary>Five layers of maps, of which the last adds the first and the fourth.</summary>
[Conv2D(8, 3, Padding = Padding.Same, UseBias = false, Name = "c"), BatchNormalization, ReLU]
[DepthwiseConv2D(3, Padding = Padding.Same, Name = "d"), Add("c", "d")]
public sealed class FiveAttribute : BlockAttribute;

/// <summary>A tape of 500 layers. It is a resource and not compiled.</summary>
[Network, Input(8, 8, 8), Five(Repeat = 100)]
[Flatten, Dense(2)]
public sealed partial class Tape500;
