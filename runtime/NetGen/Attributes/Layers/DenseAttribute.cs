namespace NetGen;

/// <summary>Y = activation(X · kernel + bias) over the last axis: (batch, ..., features) to (batch, ..., units). The kernel is (features, units); the bias (units).</summary>
public sealed class DenseAttribute : KernelAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    public DenseAttribute(int units) => this.Units = units;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    public DenseAttribute(object units) => this.Units = units;

    /// <summary>The size of the output's last axis.</summary>
    public object Units { get; }

    /// <summary>
    /// How many power iterations find the largest singular value of the kernel, by which each step of training divides it (spectral normalization; Miyato et al. 2018; Keras's wrapper
    /// SpectralNormalization); not divided unless given. The state <c>vector_u</c> goes on from step to step and is saved. Inference takes the kernel as training has left it; while the layer is frozen,
    /// training does, too.
    /// </summary>
    public object? SpectralNormalization { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }
}
