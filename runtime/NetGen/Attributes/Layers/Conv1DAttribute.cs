namespace NetGen;

/// <summary>Y = activation(X convolved with kernel + bias): (batch, time, channels) to (batch, steps, filters). The kernel is (size, channels / groups, filters); the bias (filters).</summary>
public sealed class Conv1DAttribute : ConvolutionAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The length of the filter.</param>
    public Conv1DAttribute(int filters, params int[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">The length of the filter.</param>
    public Conv1DAttribute(object filters, params object[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>In how many groups input and output channels are taken, each with filters of its own; 1 unless given.</summary>
    public object? Groups { get; set; }
}
