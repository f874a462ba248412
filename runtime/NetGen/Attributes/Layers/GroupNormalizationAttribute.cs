namespace NetGen;

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta per channel, with the statistics of each sample over a group of channels and all other axes; the shape stays.</summary>
public sealed class GroupNormalizationAttribute : LayerAttribute
{
    /// <summary>32 groups.</summary>
    public GroupNormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="groups">How many groups, a divisor of the channels; -1 for one a channel.</param>
    public GroupNormalizationAttribute(int groups) => this.Groups = groups;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="groups">How many groups, a divisor of the channels; -1 for one a channel.</param>
    public GroupNormalizationAttribute(object groups) => this.Groups = groups;

    /// <summary>How many groups, a divisor of the channels; -1 for one a channel (instance normalization); 32 unless given.</summary>
    public object? Groups { get; }

    /// <summary>The axis of the channels; the last unless given.</summary>
    public object? Axis { get; set; }

    /// <summary>Added to the variance; 0.001 unless given.</summary>
    public object? Epsilon { get; set; }

    /// <summary>Whether beta is added; true unless given.</summary>
    public object? Center { get; set; }

    /// <summary>Whether gamma multiplies; true unless given.</summary>
    public object? Scale { get; set; }

    /// <summary>How the beta (channels) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BetaInitializer { get; set; }

    /// <summary>A penalty on the beta (channels) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BetaRegularizer { get; set; }

    /// <summary>What the beta (channels) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BetaConstraint { get; set; }

    /// <summary>How the gamma (channels) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Ones unless given.</summary>
    public string? GammaInitializer { get; set; }

    /// <summary>A penalty on the gamma (channels) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? GammaRegularizer { get; set; }

    /// <summary>What the gamma (channels) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? GammaConstraint { get; set; }
}
