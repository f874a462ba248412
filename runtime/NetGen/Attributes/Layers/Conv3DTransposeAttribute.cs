namespace NetGen;

/// <summary>Y = activation(each element of X spreads a filter into Y, + bias), the way back of a convolution: (batch, depth, height, width, channels) to (batch, planes, rows, columns, filters).</summary>
public sealed class Conv3DTransposeAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The depth, height and width of the filter; one number for all.</param>
    public Conv3DTransposeAttribute(int filters, params int[] kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The depth, height and width of the filter; one number for all.</param>
    public Conv3DTransposeAttribute(object filters, params object[] kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>The channels of the output.</summary>
    public object Filters { get; }

    /// <summary>The depth, height and width of the filter; one number for all.</summary>
    public object KernelSize { get; }

    /// <summary>How far apart the elements of the input come to lie in the output, one number or an array of depth, height and width; 1 unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/> of the convolution whose way back this is; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary>How much is added behind the output, below the strides, one number or an array of depth, height and width; by default the output has as many elements as the padding asks for: input times stride under Same, and the whole spread under Valid.</summary>
    public object? OutputPadding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>The distances of the filter's elements, one number or an array of depth, height and width; 1 unless given. Strides and dilations above 1 exclude each other.</summary>
    public object? DilationRate { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>How the kernel (depth, height, width, filters, channels) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>A penalty on the kernel (depth, height, width, filters, channels) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>What the kernel (depth, height, width, filters, channels) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? KernelConstraint { get; set; }

    /// <summary>How the bias (filters) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias (filters) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias (filters) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
