namespace NetGen;

/// <summary>An activation as a layer: <c>[Activation(Activation.GELU)]</c>.</summary>
public sealed class ActivationAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="activation">Which one.</param>
    public ActivationAttribute(Activation activation) => this.Activation = activation;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="activation">Which one.</param>
    public ActivationAttribute(object activation) => this.Activation = activation;

    /// <summary>Which one.</summary>
    public object Activation { get; }
}
