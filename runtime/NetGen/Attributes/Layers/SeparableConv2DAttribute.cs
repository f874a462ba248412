namespace NetGen;

/// <summary>Each channel of X convolved with filters of its own, then mixed pixel by pixel, + bias and activation: (batch, height, width, channels) to (batch, rows, columns, filters).</summary>
public sealed class SeparableConv2DAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public SeparableConv2DAttribute(int filters, params int[] kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public SeparableConv2DAttribute(object filters, params object[] kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>The channels of the output.</summary>
    public object Filters { get; }

    /// <summary>The height and width of the filter; one number for both.</summary>
    public object KernelSize { get; }

    /// <summary>The steps of the filter, one number or an array of height and width; 1 unless given.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/>; valid unless given.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>The distances of the filter's elements, one number or an array of height and width; 1 unless given. Strides and dilations above 1 exclude each other.</summary>
    public object? DilationRate { get; set; }

    /// <summary>How many outputs each channel of the input has; 1 unless given.</summary>
    public object? DepthMultiplier { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>How the depthwise kernel (height, width, channels, multiplier) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? DepthwiseInitializer { get; set; }

    /// <summary>A penalty on the depthwise kernel (height, width, channels, multiplier) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? DepthwiseRegularizer { get; set; }

    /// <summary>What the depthwise kernel (height, width, channels, multiplier) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? DepthwiseConstraint { get; set; }

    /// <summary>How the pointwise kernel (1, 1, channels multiplier, filters) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? PointwiseInitializer { get; set; }

    /// <summary>A penalty on the pointwise kernel (1, 1, channels multiplier, filters) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? PointwiseRegularizer { get; set; }

    /// <summary>What the pointwise kernel (1, 1, channels multiplier, filters) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? PointwiseConstraint { get; set; }

    /// <summary>How the bias (filters) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias (filters) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias (filters) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
