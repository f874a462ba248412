namespace NetGen;

/// <summary>In training, each channel of each sample of (batch, depth, height, width, channels) is 0 as a whole with probability rate and 1 / (1 - rate) times as large otherwise; in inference nothing happens.</summary>
public sealed class SpatialDropout3DAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    public SpatialDropout3DAttribute(double rate) => this.Rate = rate;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    public SpatialDropout3DAttribute(object rate) => this.Rate = rate;

    /// <summary>The probability, in [0, 1].</summary>
    public object Rate { get; }

    /// <summary><see cref="NetGen.DataFormat"/> of input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
