namespace NetGen;

/// <summary>Y = activation(X · kernel + bias) over the last axis: (batch, ..., features) to (batch, ..., units).</summary>
public sealed class DenseAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    public DenseAttribute(int units) => this.Units = units;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="units">The size of the output's last axis.</param>
    public DenseAttribute(object units) => this.Units = units;

    /// <summary>The size of the output's last axis.</summary>
    public object Units { get; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>How the kernel (features, units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>A penalty on the kernel (features, units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>What the kernel (features, units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? KernelConstraint { get; set; }

    /// <summary>How the bias (units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias (units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias (units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
