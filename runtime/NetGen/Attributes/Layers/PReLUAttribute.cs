namespace NetGen;

/// <summary>x above 0, alpha x elsewhere, with a learned alpha for each element of a sample.</summary>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Axes along which alpha is shared: an integer or an array, the batch being axis 0; none unless given.</summary>
    public object? SharedAxes { get; set; }

    /// <summary>How the alpha starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? AlphaInitializer { get; set; }

    /// <summary>A penalty on the alpha that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? AlphaRegularizer { get; set; }

    /// <summary>What the alpha is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? AlphaConstraint { get; set; }
}
