namespace NetGen;

/// <summary>
/// Long short-term memory over maps (Keras's ConvLSTM2D): (batch, time, height, width, channels) to (batch, rows, columns, filters), or to (batch, time, rows, columns, filters) with ReturnSequences.
/// </summary>
public sealed class ConvLSTM2DAttribute : ConvLSTMAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The height and width of the filters; one number for both.</param>
    public ConvLSTM2DAttribute(int filters, params int[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The height and width of the filters; one number for both.</param>
    public ConvLSTM2DAttribute(object filters, params object[] kernelSize)
        : base(filters, kernelSize)
    {
    }
}
