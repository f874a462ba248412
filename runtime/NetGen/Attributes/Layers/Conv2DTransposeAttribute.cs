namespace NetGen;

/// <summary>Y = activation(each pixel of X spreads a filter into Y, + bias), the way back of a convolution: (batch, height, width, channels) to (batch, rows, columns, filters). The kernel is (height, width, filters, channels); the bias (filters).</summary>
public sealed class Conv2DTransposeAttribute : ConvolutionAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public Conv2DTransposeAttribute(int filters, params int[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public Conv2DTransposeAttribute(object filters, params object[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>How much is added behind the output, below the strides, one number or an array of height and width; by default the output has as many elements as the padding asks for: input times stride under Same, and the whole spread under Valid.</summary>
    public object? OutputPadding { get; set; }
}
