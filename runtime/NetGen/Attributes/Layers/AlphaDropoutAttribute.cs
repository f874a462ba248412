namespace NetGen;

/// <summary>
/// In training, each element becomes with probability rate the value that SELU has far below 0, and all are scaled and shifted so that a mean of 0 and a variance of 1 stay as they are (Klambauer et
/// al. 2017, "Self-Normalizing Neural Networks"); in inference nothing happens.
/// </summary>
public sealed class AlphaDropoutAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="rate">The probability, in [0, 1).</param>
    public AlphaDropoutAttribute(double rate) => this.Rate = rate;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="rate">The probability, in [0, 1).</param>
    public AlphaDropoutAttribute(object rate) => this.Rate = rate;

    /// <summary>The probability, in [0, 1).</summary>
    public object Rate { get; }

    /// <summary>The shape of the random mask with the batch first, -1 for the input's own size and 1 where the mask is shared; the input's unless given.</summary>
    public object? NoiseShape { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
