namespace NetGen;

/// <summary>The axes of a sample in another order: with Dims (2, 1), (batch, a, b) to (batch, b, a).</summary>
public sealed class PermuteAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="dims">For each axis of the output which of the input's it is, counted from 1; the batch stays in front.</param>
    public PermuteAttribute(params int[] dims) => this.Dims = dims;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="dims">For each axis of the output which of the input's it is, counted from 1; the batch stays in front.</param>
    public PermuteAttribute(params object[] dims) => this.Dims = dims;

    /// <summary>For each axis of the output which of the input's it is, counted from 1; the batch stays in front.</summary>
    public object Dims { get; }
}
