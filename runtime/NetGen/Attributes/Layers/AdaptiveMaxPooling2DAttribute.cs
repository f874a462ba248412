namespace NetGen;

/// <summary>
/// Y = the maximum of each of as many windows as the output has places: along an axis of L elements, window i of n begins at floor(i L / n) and ends before ceil((i + 1) L / n)
/// (Keras's AdaptiveMaxPooling2D). (batch, height, width, channels) to (batch, rows, columns, channels).
/// </summary>
public sealed class AdaptiveMaxPooling2DAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="outputSize">The height and width of the output, one number or two.</param>
    public AdaptiveMaxPooling2DAttribute(params int[] outputSize) => this.OutputSize = outputSize;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="outputSize">The height and width of the output, one number or two.</param>
    public AdaptiveMaxPooling2DAttribute(params object[] outputSize) => this.OutputSize = outputSize;

    /// <summary>The height and width of the output, one number or two.</summary>
    public object OutputSize { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
