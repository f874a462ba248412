namespace NetGen;

/// <summary>In training, each image (batch, height, width, channels) is shifted by a random part of its height and width; in inference nothing happens.</summary>
public sealed class RandomTranslationAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="heightFactor">The part of the height by which it is shifted down: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    /// <param name="widthFactor">The part of the width by which it is shifted to the right: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomTranslationAttribute(double heightFactor, double widthFactor)
    {
        this.HeightFactor = heightFactor;
        this.WidthFactor = widthFactor;
    }

    /// <summary>With arrays of two limits, or with symbols of a block, as texts.</summary>
    /// <param name="heightFactor">The part of the height by which it is shifted down: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    /// <param name="widthFactor">The part of the width by which it is shifted to the right: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomTranslationAttribute(object heightFactor, object widthFactor)
    {
        this.HeightFactor = heightFactor;
        this.WidthFactor = widthFactor;
    }

    /// <summary>The part of the height by which it is shifted down: one number f for limits of -f and f, or an array of two limits from -1 to 1.</summary>
    public object HeightFactor { get; }

    /// <summary>The part of the width by which it is shifted to the right: one number f for limits of -f and f, or an array of two limits from -1 to 1.</summary>
    public object WidthFactor { get; }

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
