namespace NetGen;

/// <summary>
/// The middle of each image: (batch, h, w, channels) to (batch, height, width, channels). Of images smaller than that, the largest middle part with those proportions, resized.
/// </summary>
public sealed class CenterCropAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public CenterCropAttribute(int height, int width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public CenterCropAttribute(object height, object width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>The height of the output.</summary>
    public object Height { get; }

    /// <summary>The width of the output.</summary>
    public object Width { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
