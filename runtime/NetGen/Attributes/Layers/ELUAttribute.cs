namespace NetGen;

/// <summary>x above 0, alpha (exp(x) - 1) elsewhere.</summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>The slope's scale; 1 unless given.</summary>
    public object? Alpha { get; set; }
}
