namespace NetGen;

/// <summary>x above 0, alpha (exp(x / alpha) - 1) elsewhere.</summary>
public sealed class CELUAttribute : LayerAttribute
{
    /// <summary>Above 0; 1 unless given.</summary>
    public object? Alpha { get; set; }
}
