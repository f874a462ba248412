namespace NetGen;

/// <summary>In training, each channel of each image (batch, height, width, channels) becomes (x - mean) factor + mean with a random factor of the image; in inference nothing happens.</summary>
public sealed class RandomContrastAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="factor">How much smaller and larger than 1 the factor may be: one number for both, or an array of two, from 0 to 1.</param>
    public RandomContrastAttribute(double factor) => this.Factor = factor;

    /// <summary>With arrays of two limits, or with symbols of a block, as texts.</summary>
    /// <param name="factor">How much smaller and larger than 1 the factor may be: one number for both, or an array of two, from 0 to 1.</param>
    public RandomContrastAttribute(object factor) => this.Factor = factor;

    /// <summary>How much smaller and larger than 1 the factor may be: one number for both, or an array of two, from 0 to 1.</summary>
    public object Factor { get; }

    /// <summary>The least and largest value of the images, an array of two; 0 and 255 unless given, so that behind a Rescaling it must be given. The output stays within.</summary>
    public object? ValueRange { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
