using System.ComponentModel;

namespace NetGen;

/// <summary>A Normalization whose mean and variance are measured on data.</summary>
/// <param name="name">The layer's name on the tape; its states are <c>name/mean</c> and <c>name/variance</c>.</param>
/// <param name="shape">The shape of one sample of the layer's input; -1 for a time.</param>
/// <param name="axes">The axes of a sample that have a mean each, in ascending order; none for one mean of everything.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AdaptedLayer(string name, int[] shape, int[] axes)
{
    private readonly int[] shape = shape;
    private readonly int[] axes = axes;

    /// <summary>The layer's name on the tape.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of one sample of the layer's input; -1 for a time.</summary>
    public ReadOnlySpan<int> Shape => this.shape;

    /// <summary>The axes of a sample that have a mean each.</summary>
    public ReadOnlySpan<int> Axes => this.axes;
}
