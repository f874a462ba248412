namespace NetGen;

/// <summary>In training, each image (batch, height, width, channels) is zoomed at random around its middle, along each axis by its own factor; in inference nothing happens.</summary>
public sealed class RandomZoomAttribute : LayerAttribute
{
    /// <summary>With a constant, which both axes share, so that images keep their proportions.</summary>
    /// <param name="heightFactor">The part by which an image is zoomed along its height: one number f for limits of -f and f, or an array of two limits from -1 to 1; positive is out, negative in.</param>
    public RandomZoomAttribute(double heightFactor) => this.HeightFactor = heightFactor;

    /// <summary>With constants.</summary>
    /// <param name="heightFactor">The part by which an image is zoomed along its height: one number f for limits of -f and f, or an array of two limits from -1 to 1; positive is out, negative in.</param>
    /// <param name="widthFactor">The part by which it is zoomed along its width, likewise; that of the height unless given, so that images keep their proportions.</param>
    public RandomZoomAttribute(double heightFactor, double widthFactor)
    {
        this.HeightFactor = heightFactor;
        this.WidthFactor = widthFactor;
    }

    /// <summary>With an array of two limits, or with symbols of a block, as texts. Images keep their proportions.</summary>
    /// <param name="heightFactor">The part by which an image is zoomed along its height: one number f for limits of -f and f, or an array of two limits from -1 to 1; positive is out, negative in.</param>
    public RandomZoomAttribute(object heightFactor) => this.HeightFactor = heightFactor;

    /// <summary>With arrays of two limits, or with symbols of a block, as texts.</summary>
    /// <param name="heightFactor">The part by which an image is zoomed along its height: one number f for limits of -f and f, or an array of two limits from -1 to 1; positive is out, negative in.</param>
    /// <param name="widthFactor">The part by which it is zoomed along its width, likewise; that of the height unless given, so that images keep their proportions.</param>
    public RandomZoomAttribute(object heightFactor, object widthFactor)
    {
        this.HeightFactor = heightFactor;
        this.WidthFactor = widthFactor;
    }

    /// <summary>The part by which an image is zoomed along its height: one number f for limits of -f and f, or an array of two limits from -1 to 1; positive is out, negative in.</summary>
    public object HeightFactor { get; }

    /// <summary>The part by which it is zoomed along its width, likewise; that of the height unless given, so that images keep their proportions.</summary>
    public object? WidthFactor { get; }

    /// <summary><see cref="NetGen.FillMode"/>: what stands where nothing was; reflected unless given.</summary>
    public object? FillMode { get; set; }

    /// <summary><see cref="NetGen.Interpolation"/>, bilinear or nearest; bilinear unless given.</summary>
    public object? Interpolation { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary>What is filled in by the constant mode; 0 unless given.</summary>
    public object? FillValue { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
