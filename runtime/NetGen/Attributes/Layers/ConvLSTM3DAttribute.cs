namespace NetGen;

/// <summary>
/// Long short-term memory over maps (Keras's ConvLSTM3D): (batch, time, depth, height, width, channels) to (batch, planes, rows, columns, filters), or to (batch, time, planes, rows, columns, filters) with ReturnSequences.
/// </summary>
public sealed class ConvLSTM3DAttribute : ConvLSTMAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The depth, height and width of the filters; one number for all.</param>
    public ConvLSTM3DAttribute(int filters, params int[] kernelSize)
        : base(filters, kernelSize)
    {
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="filters">The channels of the state and of the output.</param>
    /// <param name="kernelSize">The depth, height and width of the filters; one number for all.</param>
    public ConvLSTM3DAttribute(object filters, params object[] kernelSize)
        : base(filters, kernelSize)
    {
    }
}
