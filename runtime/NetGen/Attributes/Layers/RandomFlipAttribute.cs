namespace NetGen;

/// <summary>In training, half of the images (batch, height, width, channels) are mirrored; in inference nothing happens. One draw decides of both axes, as in Keras.</summary>
public sealed class RandomFlipAttribute : LayerAttribute
{
    /// <summary>Along both axes.</summary>
    public RandomFlipAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="mode">What is exchanged.</param>
    public RandomFlipAttribute(FlipMode mode) => this.Mode = mode;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="mode">What is exchanged.</param>
    public RandomFlipAttribute(object mode) => this.Mode = mode;

    /// <summary><see cref="FlipMode"/>; horizontal and vertical unless given.</summary>
    public object? Mode { get; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
