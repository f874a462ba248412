namespace NetGen;

/// <summary>
/// Long short-term memory over maps (Keras's ConvLSTM1D): (batch, time, rows, channels) to (batch, rows, filters), or to (batch, time, rows, filters) with ReturnSequences.
/// </summary>
public sealed class ConvLSTM1DAttribute : ConvLSTMAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The size of the filters.</param>
    public ConvLSTM1DAttribute(int filters, int kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The size of the filters.</param>
    public ConvLSTM1DAttribute(object filters, object kernelSize)
        : base(filters, kernelSize)
    {
    }
}
