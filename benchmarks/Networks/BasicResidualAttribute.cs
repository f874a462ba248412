namespace NetGen.Benchmarks;

/// <summary>Two convolutions of 3x3, added to the input, or to a projection of it where the map shrinks; the zeros stand on both sides of it then too.</summary>
/// <param name="filters">The channels of the output.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="prefix">What names begin with.</param>
[Conv2D(nameof(filters), 1, Strides = nameof(strides), UseBias = false, When = "strides > 1", Name = "{prefix}_0_conv")]
[BatchNormalization(When = "strides > 1", Name = "{prefix}_0_bn")]
[ZeroPadding2D(1, From = "input", Name = "{prefix}_1_pad"), Conv2D(nameof(filters), 3, Strides = nameof(strides), UseBias = false, Name = "{prefix}_1_conv")]
[BatchNormalization(Name = "{prefix}_1_bn"), ReLU]
[Conv2D(nameof(filters), 3, Padding = Padding.Same, UseBias = false, Name = "{prefix}_2_conv"), BatchNormalization(Name = "{prefix}_2_bn")]
[Add("{prefix}_0_bn", "{prefix}_2_bn", Name = "{prefix}_add"), ReLU(Name = "{prefix}_out")]
public sealed class BasicResidualAttribute(int filters, int strides, string prefix) : BlockAttribute;
