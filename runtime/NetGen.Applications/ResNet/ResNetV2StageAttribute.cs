namespace NetGen;

/// <summary>A stage of ResNet's second version: the first bottleneck projects its shortcut, the last shrinks the map.</summary>
/// <param name="filters">The channels in the bottlenecks.</param>
/// <param name="blocks">How many bottlenecks there are, at least 2.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="prefix">What names begin with: <c>conv2</c>.</param>
[Block<ResNetV2BottleneckAttribute>(nameof(filters), 1, true, "{prefix}_block1", Name = "")]
[Block<ResNetV2BottleneckAttribute>(nameof(filters), 1, false, "{prefix}_block{i + 2}", Name = "", Repeat = "blocks - 2")]
[Block<ResNetV2BottleneckAttribute>(nameof(filters), nameof(strides), false, "{prefix}_block{blocks}", Name = "")]
public sealed class ResNetV2StageAttribute(int filters, int blocks, int strides, string prefix) : BlockAttribute;
