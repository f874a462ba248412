namespace NetGen.Samples;

/// <summary>Two convolutions of 3x3, added to the input, or to a projection of it where the map shrinks. BatchNormalization shifts, so no convolution has a bias.</summary>
/// <param name="filters">The channels.</param>
/// <param name="strides">By which the map shrinks.</param>
[Conv2D(nameof(filters), 3, Strides = nameof(strides), Padding = Padding.Same, UseBias = false, KernelInitializer = "HeNormal")]
[BatchNormalization(Momentum = 0.9), ReLU]
[Conv2D(nameof(filters), 3, Padding = Padding.Same, UseBias = false, KernelInitializer = "HeNormal")]
[BatchNormalization(Momentum = 0.9, Name = "residual")]
[Conv2D(nameof(filters), 1, Strides = nameof(strides), UseBias = false, KernelInitializer = "HeNormal", From = "input", When = "strides != 1")]
[BatchNormalization(Momentum = 0.9, When = "strides != 1", Name = "shortcut")]
[Add("residual", "shortcut"), ReLU]
public sealed class ResidualBlockAttribute(int filters, int strides) : BlockAttribute;
