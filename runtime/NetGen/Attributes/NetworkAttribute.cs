namespace NetGen;

/// <summary>
/// Makes a partial class a neural network: the layer attributes on it, in order, are its layers, and the generated part gives it
/// its constructor, <c>Predict</c>, <c>Load</c>, <c>Save</c> and what a trainer needs.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Whether the network can be trained; true unless given. False leaves the training code out.</summary>
    public bool Training { get; set; } = true;

    /// <summary>How much the kernels may round to be fast; <see cref="KernelPrecision.Fast"/> unless given.</summary>
    public KernelPrecision Precision { get; set; }
}
