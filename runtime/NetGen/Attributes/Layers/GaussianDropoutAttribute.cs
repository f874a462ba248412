namespace NetGen;

/// <summary>
/// In training, each element is multiplied by a normally distributed number of mean 1 and standard deviation sqrt(rate / (1 - rate)), that of a Dropout (Srivastava et al. 2014, section 10); in
/// inference nothing happens.
/// </summary>
public sealed class GaussianDropoutAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="rate">The probability of the Dropout that it stands for, in [0, 1).</param>
    public GaussianDropoutAttribute(double rate) => this.Rate = rate;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="rate">The probability of the Dropout that it stands for, in [0, 1).</param>
    public GaussianDropoutAttribute(object rate) => this.Rate = rate;

    /// <summary>The probability of the Dropout that it stands for, in [0, 1).</summary>
    public object Rate { get; }

    /// <summary>A seed of the layer's own, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }
}
