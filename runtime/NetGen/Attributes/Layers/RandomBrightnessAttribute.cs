namespace NetGen;

/// <summary>In training, a random part of the range of values is added to each image (batch, height, width, channels); in inference nothing happens.</summary>
public sealed class RandomBrightnessAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="factor">The part of the range that is added: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomBrightnessAttribute(double factor) => this.Factor = factor;

    /// <summary>With arrays of two limits, or with symbols of a block, as texts.</summary>
    /// <param name="factor">The part of the range that is added: one number f for limits of -f and f, or an array of two limits from -1 to 1.</param>
    public RandomBrightnessAttribute(object factor) => this.Factor = factor;

    /// <summary>The part of the range that is added: one number f for limits of -f and f, or an array of two limits from -1 to 1.</summary>
    public object Factor { get; }

    /// <summary>The least and largest value of the images, an array of two; 0 and 255 unless given, so that behind a Rescaling it must be given. The output stays within.</summary>
    public object? ValueRange { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
