namespace NetGen;

/// <summary>Images at another size: (batch, h, w, channels) to (batch, height, width, channels). Elements are squares whose centres are mapped onto each other.</summary>
public sealed class ResizingAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public ResizingAttribute(int height, int width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public ResizingAttribute(object height, object width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>The height of the output.</summary>
    public object Height { get; }

    /// <summary>The width of the output.</summary>
    public object Width { get; }

    /// <summary><see cref="NetGen.Interpolation"/>; bilinear unless given.</summary>
    public object? Interpolation { get; set; }

    /// <summary>Whether the largest middle part with the proportions of the output is cut out first; false unless given.</summary>
    public object? CropToAspectRatio { get; set; }

    /// <summary>Whether the short side is filled up first, so that the proportions are those of the output; false unless given.</summary>
    public object? PadToAspectRatio { get; set; }

    /// <summary><see cref="NetGen.FillMode"/> of what is filled up, of which only the constant one is possible; that unless given.</summary>
    public object? FillMode { get; set; }

    /// <summary>What is filled in; 0 unless given.</summary>
    public object? FillValue { get; set; }

    /// <summary>Whether all elements that a smaller one covers count; false unless given.</summary>
    public object? Antialias { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
