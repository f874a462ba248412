namespace NetGen;

/// <summary>
/// The bottleneck of ResNet's second version, normalized and rectified before its convolutions. The shortcut is a projection, or the input, of which only each stride-th
/// pixel is taken where the map shrinks. He, Zhang, Ren, Sun: "Identity mappings in deep residual networks", 2016.
/// </summary>
/// <param name="filters">The channels in the bottleneck; the output has four times as many.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="projects">Whether the shortcut is a convolution.</param>
/// <param name="prefix">What names begin with: <c>conv2_block1</c>.</param>
[MaxPooling2D(1, Strides = nameof(strides), When = "!projects && strides > 1", Name = "{prefix}_shortcut")]
[BatchNormalization(Epsilon = 1.001e-5, From = "input", Name = "{prefix}_preact_bn"), ReLU(Name = "{prefix}_preact_relu")]
[Conv2D("4 * filters", 1, Strides = nameof(strides), When = nameof(projects), Name = "{prefix}_0_conv")]
[Conv2D(nameof(filters), 1, UseBias = false, From = "{prefix}_preact_relu", Name = "{prefix}_1_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_1_bn"), ReLU(Name = "{prefix}_1_relu")]
[ZeroPadding2D(1, Name = "{prefix}_2_pad"), Conv2D(nameof(filters), 3, Strides = nameof(strides), UseBias = false, Name = "{prefix}_2_conv")]
[BatchNormalization(Epsilon = 1.001e-5, Name = "{prefix}_2_bn"), ReLU(Name = "{prefix}_2_relu")]
[Conv2D("4 * filters", 1, Name = "{prefix}_3_conv")]
[Add("{prefix}_{projects ? '0_conv' : 'shortcut'}", "{prefix}_3_conv", Name = "{prefix}_out")]
public sealed class ResNetV2BottleneckAttribute(int filters, int strides, bool projects, string prefix) : BlockAttribute;
