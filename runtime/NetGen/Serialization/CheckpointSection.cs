namespace NetGen;

/// <summary>A part of a checkpoint: tensors whose names get a prefix, such as <c>weights</c> or <c>optimizer/adam/velocity</c>.</summary>
/// <param name="Prefix">The prefix, without the slash that follows it.</param>
/// <param name="Store">The tensors.</param>
public sealed record CheckpointSection(string Prefix, ITensorStore Store)
{
    /// <summary>The prefix of the network's weights.</summary>
    public const string Weights = "weights";
}
