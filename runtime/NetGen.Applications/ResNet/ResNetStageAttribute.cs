namespace NetGen;

/// <summary>A stage of ResNet: bottlenecks of one size, of which the first projects its shortcut and shrinks the map.</summary>
/// <param name="filters">The channels in the bottlenecks.</param>
/// <param name="blocks">How many bottlenecks there are.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="prefix">What names begin with: <c>conv2</c>.</param>
[Block<ResNetBottleneckAttribute>(nameof(filters), nameof(strides), true, "{prefix}_block1", Name = "")]
[Block<ResNetBottleneckAttribute>(nameof(filters), 1, false, "{prefix}_block{i + 2}", Name = "", Repeat = "blocks - 1")]
public sealed class ResNetStageAttribute(int filters, int blocks, int strides, string prefix) : BlockAttribute;
