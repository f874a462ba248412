namespace NetGen;

/// <summary>What a convolution over any axes of space takes, and the way back of one.</summary>
public abstract class ConvolutionAttribute : KernelAttribute
{
    private protected ConvolutionAttribute(object filters, object kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>The channels of the output.</summary>
    public object Filters { get; }

    /// <summary>The sizes of the filter, one an axis of space; one number for all.</summary>
    public object KernelSize { get; }

    /// <summary>The steps of the filter or, of a transposed convolution, how far apart the elements of the input come to lie: one number, or an array of one an axis of space; 1 unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>, of a transposed convolution that of the one whose way back it is; causal over a time alone; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>The distances of the filter's elements, one number or an array of one an axis of space; 1 unless given. Strides and dilations above 1 exclude each other.</summary>
    public object? DilationRate { get; set; }

    /// <summary>
    /// How many power iterations find the largest singular value of the kernel, by which each step of training divides it (spectral normalization; Miyato et al. 2018; Keras's wrapper
    /// SpectralNormalization); not divided unless given. The state <c>vector_u</c> goes on from step to step and is saved. Inference takes the kernel as training has left it; while the layer is frozen,
    /// training does, too.
    /// </summary>
    public object? SpectralNormalization { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }
}
