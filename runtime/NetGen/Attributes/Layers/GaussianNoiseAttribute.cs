namespace NetGen;

/// <summary>In training, a normally distributed number of mean 0 and standard deviation <c>stddev</c>, from 0 to 1 as in Keras, is added to each element; in inference nothing happens.</summary>
public sealed class GaussianNoiseAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="stddev">The standard deviation, in [0, 1].</param>
    public GaussianNoiseAttribute(double stddev) => this.Stddev = stddev;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="stddev">The standard deviation, in [0, 1].</param>
    public GaussianNoiseAttribute(object stddev) => this.Stddev = stddev;

    /// <summary>The standard deviation, in [0, 1].</summary>
    public object Stddev { get; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
