namespace NetGen;

/// <summary>x where |x| is above the threshold, else 0.</summary>
public sealed class HardShrinkAttribute : LayerAttribute
{
    /// <summary>At least 0; 0.5 unless given.</summary>
    public object? Threshold { get; set; }
}
