namespace NetGen;

/// <summary>Y = activation(each channel of X convolved with filters of its own + bias): (batch, height, width, channels) to (batch, rows, columns, channels multiplier).</summary>
public sealed class DepthwiseConv2DAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public DepthwiseConv2DAttribute(params int[] kernelSize) => this.KernelSize = kernelSize;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public DepthwiseConv2DAttribute(params object[] kernelSize) => this.KernelSize = kernelSize;

    /// <summary>The height and width of the filter; one number for both.</summary>
    public object KernelSize { get; }

    /// <summary>The steps of the filter, one number or an array of height and width; 1 unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary>How many outputs each channel of the input has; 1 unless given.</summary>
    public object? DepthMultiplier { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>The distances of the filter's elements, one number or an array of height and width; 1 unless given. Strides and dilations above 1 exclude each other.</summary>
    public object? DilationRate { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>
    /// How many power iterations find the largest singular value of the kernel, by which each step of training divides it (spectral normalization; Miyato et al. 2018; Keras's wrapper
    /// SpectralNormalization); not divided unless given. The state <c>vector_u</c> goes on from step to step and is saved. Inference takes the kernel as training has left it; while the layer is frozen,
    /// training does, too.
    /// </summary>
    public object? SpectralNormalization { get; set; }

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>How the kernel (height, width, channels, multiplier) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? DepthwiseInitializer { get; set; }

    /// <summary>A penalty on the kernel (height, width, channels, multiplier) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? DepthwiseRegularizer { get; set; }

    /// <summary>What the kernel (height, width, channels, multiplier) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? DepthwiseConstraint { get; set; }

    /// <summary>How the bias (channels multiplier) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias (channels multiplier) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias (channels multiplier) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
