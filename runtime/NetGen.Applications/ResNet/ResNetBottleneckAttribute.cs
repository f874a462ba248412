namespace NetGen;

/// <summary>
/// The bottleneck of ResNet: convolutions of 1x1, 3x3 and 1x1, each with BatchNormalization, added to the input or to a projection of it. As in Keras the stride is that of
/// the first convolution. He, Zhang, Ren, Sun: "Deep residual learning for image recognition", 2015.
/// </summary>
/// <param name="filters">The channels in the bottleneck; the output has four times as many.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="projects">Whether the shortcut is a convolution, which it must be where the shape changes.</param>
/// <param name="prefix">What names begin with: <c>conv2_block1</c>.</param>
[Conv2D("4 * filters", 1, Strides = nameof(strides), When = nameof(projects), Name = "{prefix}_0_conv")]
[BatchNormalization(Epsilon = 1.001e-5, When = nameof(projects), Name = "{prefix}_0_bn")]
[Conv2D(nameof(filters), 1, Strides = nameof(strides), From = "input", Name = "{prefix}_1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_1_bn"), ReLU(Name = "{prefix}_1_relu")]
[Conv2D(nameof(filters), 3, Padding = Padding.Same, Name = "{prefix}_2_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_2_bn"), ReLU(Name = "{prefix}_2_relu")]
[Conv2D("4 * filters", 1, Name = "{prefix}_3_conv"), BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_3_bn")]
[Add("{prefix}_0_bn", "{prefix}_3_bn", Name = "{prefix}_add"), ReLU(Name = "{prefix}_out")]
public sealed class ResNetBottleneckAttribute(int filters, int strides, bool projects, string prefix) : BlockAttribute;
