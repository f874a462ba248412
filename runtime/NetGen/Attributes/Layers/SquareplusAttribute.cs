namespace NetGen;

/// <summary>(x + sqrt(x² + b)) / 2.</summary>
public sealed class SquareplusAttribute : LayerAttribute
{
    /// <summary>The smoothness; 4 unless given.</summary>
    public object? B { get; set; }
}
