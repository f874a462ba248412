namespace NetGen;

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta, with the statistics of each sample over some axes.</summary>
public sealed class LayerNormalizationAttribute : LayerAttribute
{
    /// <summary>Over the last axis.</summary>
    public LayerNormalizationAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="axis">The axis.</param>
    public LayerNormalizationAttribute(int axis) => this.Axis = axis;

    /// <summary>With several axes, or with symbols of a block, as texts.</summary>
    /// <param name="axis">An axis or an array of axes.</param>
    public LayerNormalizationAttribute(object axis) => this.Axis = axis;

    /// <summary>An axis or an array of axes; the last unless given.</summary>
    public object? Axis { get; }

    /// <summary>Added to the variance; 0.001 unless given.</summary>
    public object? Epsilon { get; set; }

    /// <summary>Whether beta is added; true unless given.</summary>
    public object? Center { get; set; }

    /// <summary>Whether gamma multiplies; true unless given.</summary>
    public object? Scale { get; set; }

    /// <summary>Whether the input is only divided by its deviation and multiplied by gamma; false unless given.</summary>
    public object? RmsScaling { get; set; }

    /// <summary>How the beta starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BetaInitializer { get; set; }

    /// <summary>A penalty on the beta that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BetaRegularizer { get; set; }

    /// <summary>What the beta is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BetaConstraint { get; set; }

    /// <summary>How the gamma starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Ones unless given.</summary>
    public string? GammaInitializer { get; set; }

    /// <summary>A penalty on the gamma that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? GammaRegularizer { get; set; }

    /// <summary>What the gamma is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? GammaConstraint { get; set; }
}
