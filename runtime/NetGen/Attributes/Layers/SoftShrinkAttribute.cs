namespace NetGen;

/// <summary>x - threshold above the threshold, x + threshold below its negative, 0 between.</summary>
public sealed class SoftShrinkAttribute : LayerAttribute
{
    /// <summary>At least 0; 0.5 unless given.</summary>
    public object? Threshold { get; set; }
}
