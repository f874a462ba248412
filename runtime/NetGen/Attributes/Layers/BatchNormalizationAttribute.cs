namespace NetGen;

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta per channel: with the batch's statistics in training, with their moving averages in inference and while frozen.</summary>
public sealed class BatchNormalizationAttribute : LayerAttribute
{
    /// <summary>The channels on the last axis.</summary>
    public BatchNormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis of the channels.</param>
    public BatchNormalizationAttribute(int axis) => this.Axis = axis;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="axis">The axis of the channels.</param>
    public BatchNormalizationAttribute(object axis) => this.Axis = axis;

    /// <summary>The axis of the channels; the last unless given.</summary>
    public object? Axis { get; }

    /// <summary>How much of a moving average stays at each step; 0.99 unless given.</summary>
    public object? Momentum { get; set; }

    /// <summary>Added to the variance; 0.001 unless given.</summary>
    public object? Epsilon { get; set; }

    /// <summary>Whether beta is added; true unless given.</summary>
    public object? Center { get; set; }

    /// <summary>Whether gamma multiplies; true unless given.</summary>
    public object? Scale { get; set; }

    /// <summary>Whether the batch's statistics are corrected towards averages of their own (Ioffe 2017); false unless given.</summary>
    public object? Renorm { get; set; }

    /// <summary>How much of those averages stays at each step; 0.99 unless given.</summary>
    public object? RenormMomentum { get; set; }

    /// <summary>The largest factor of the correction; unlimited unless given.</summary>
    public object? RenormRMax { get; set; }

    /// <summary>The least factor of the correction; 0 unless given.</summary>
    public object? RenormRMin { get; set; }

    /// <summary>The largest shift of the correction to either side; unlimited unless given.</summary>
    public object? RenormDMax { get; set; }

    /// <summary>The name of an output of 0 and 1 with one axis less than the input: the elements that count in the statistics. The input's own mask unless given.</summary>
    public string? Mask { get; set; }

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

    /// <summary>How the moving mean starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? MovingMeanInitializer { get; set; }

    /// <summary>How the moving variance starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Ones unless given.</summary>
    public string? MovingVarianceInitializer { get; set; }
}
