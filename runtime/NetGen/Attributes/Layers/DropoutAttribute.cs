namespace NetGen;

/// <summary>In training, each element is 0 with probability rate and 1 / (1 - rate) times as large otherwise; in inference nothing happens.</summary>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    public DropoutAttribute(double rate) => this.Rate = rate;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    public DropoutAttribute(object rate) => this.Rate = rate;

    /// <summary>The probability, in [0, 1].</summary>
    public object Rate { get; }

    /// <summary>The shape of the random mask with the batch first, -1 for the input's own size and 1 where the mask is shared; the input's unless given.</summary>
    public object? NoiseShape { get; set; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
