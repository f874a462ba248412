namespace NetGen;

/// <summary>
/// Y = the maximum of each of as many windows as the output has places: along an axis of L elements, window i of n begins at floor(i L / n) and ends before ceil((i + 1) L / n)
/// (Keras's AdaptiveMaxPooling1D). (batch, steps, channels) to (batch, size, channels).
/// </summary>
public sealed class AdaptiveMaxPooling1DAttribute : LayerAttribute
{
    /// <summary>With a constant.</summary>
    /// <param name="outputSize">The steps of the output.</param>
    public AdaptiveMaxPooling1DAttribute(int outputSize) => this.OutputSize = outputSize;

    /// <summary>With a symbol of a block, as a text.</summary>
    /// <param name="outputSize">The steps of the output.</param>
    public AdaptiveMaxPooling1DAttribute(object outputSize) => this.OutputSize = outputSize;

    /// <summary>The steps of the output.</summary>
    public object OutputSize { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
