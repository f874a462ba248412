namespace NetGen;

/// <summary>Y = activation(X convolved with kernel + bias): (batch, height, width, channels) to (batch, height, width, filters). The kernel is (height, width, channels / groups, filters); the bias (filters).</summary>
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public Conv2DAttribute(int filters, params int[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The height and width of the filter; one number for both.</param>
    public Conv2DAttribute(object filters, params object[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>In how many groups input and output channels are taken, each with filters of its own; 1 unless given.</summary>
    public object? Groups { get; set; }
}
