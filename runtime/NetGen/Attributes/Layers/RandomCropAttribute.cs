namespace NetGen;

/// <summary>In training, a part of each image (batch, h, w, channels) at a random place: (batch, height, width, channels). In inference, and where images are smaller, the largest middle part with those proportions, resized.</summary>
public sealed class RandomCropAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public RandomCropAttribute(int height, int width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="height">The height of the output.</param>
    /// <param name="width">The width of the output.</param>
    public RandomCropAttribute(object height, object width)
    {
        this.Height = height;
        this.Width = width;
    }

    /// <summary>The height of the output.</summary>
    public object Height { get; }

    /// <summary>The width of the output.</summary>
    public object Width { get; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }
}
