namespace NetGen;

/// <summary>The same elements under another shape of a sample.</summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>To a single number.</summary>
    public ReshapeAttribute() => this.TargetShape = Array.Empty<int>();

    /// <summary>With constants.</summary>
    /// <param name="targetShape">The shape without the batch; one size may be -1 and is found.</param>
    public ReshapeAttribute(params int[] targetShape) => this.TargetShape = targetShape;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="targetShape">The shape without the batch; one size may be -1 and is found.</param>
    public ReshapeAttribute(params object[] targetShape) => this.TargetShape = targetShape;

    /// <summary>The shape without the batch; one size may be -1 and is found.</summary>
    public object TargetShape { get; }
}
