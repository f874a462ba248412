namespace NetGen;

/// <summary>In training, each image (batch, height, width, channels) is turned at random around its middle; in inference nothing happens.</summary>
public sealed class RandomRotationAttribute : LayerAttribute
{
    /// <summary>With a constant.</summary>
    /// <param name="factor">The part of a circle by which an image is turned, positive against the clock: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomRotationAttribute(double factor) => this.Factor = factor;

    /// <summary>With an array of two limits, or with symbols of a block, as a text.</summary>
    /// <param name="factor">The part of a circle by which an image is turned, positive against the clock: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomRotationAttribute(object factor) => this.Factor = factor;

    /// <summary>The part of a circle by which an image is turned, positive against the clock: one number f for limits of -f and f, or an array of two limits from -1 to 1.</summary>
    public object Factor { get; }

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
