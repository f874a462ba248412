namespace NetGen.Benchmarks;

/// <summary>A fire module (Iandola et al., 2016): a convolution of 1x1 to few channels, on which one of 1x1 and one of 3x3 stand side by side.</summary>
/// <param name="squeeze">The channels of the first convolution.</param>
/// <param name="expand">The channels of each of the two others.</param>
/// <param name="prefix">What names begin with.</param>
[Conv2D(nameof(squeeze), 1, Activation = Activation.ReLU, Name = "{prefix}_squeeze1x1")]
[Conv2D(nameof(expand), 1, Activation = Activation.ReLU, Name = "{prefix}_expand1x1")]
[Conv2D(nameof(expand), 3, Padding = Padding.Same, Activation = Activation.ReLU, From = "{prefix}_squeeze1x1", Name = "{prefix}_expand3x3")]
[Concatenate("{prefix}_expand1x1", "{prefix}_expand3x3", Name = "{prefix}_concat")]
public sealed class FireAttribute(int squeeze, int expand, string prefix) : BlockAttribute;
