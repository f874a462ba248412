namespace NetGen;

/// <summary>x P(X ≤ x) with X standard normal.</summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>Whether tanh stands in for the error function; false unless given.</summary>
    public object? Approximate { get; set; }
}
