namespace NetGen;

/// <summary>A stage of DenseNet: units of which each adds 32 channels, and between two stages half of the channels at half of the size.</summary>
/// <param name="blocks">How many units there are.</param>
/// <param name="id">The number in the names: 2 for <c>conv2_block1</c> and <c>pool2_conv</c>.</param>
/// <param name="shrinks">Whether another stage follows.</param>
[Block<DenseNetUnitAttribute>("conv{id}_block{i + 1}", Name = "", Repeat = nameof(blocks))]
[Block<DenseNetTransitionAttribute>("pool{id}", When = nameof(shrinks), Name = "")]
public sealed class DenseNetStageAttribute(int blocks, int id, bool shrinks = true) : BlockAttribute;
