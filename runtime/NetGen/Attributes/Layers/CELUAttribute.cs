namespace NetGen;

/// <summary>x above 0, alpha (exp(x / alpha) - 1) elsewhere.</summary>
public sealed class CELUAttribute : LayerAttribute
{
    /// <summary>An alpha of 1.</summary>
    public CELUAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="alpha">Above 0.</param>
    public CELUAttribute(double alpha) => this.Alpha = alpha;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="alpha">Above 0.</param>
    public CELUAttribute(object alpha) => this.Alpha = alpha;

    /// <summary>Above 0; 1 unless given.</summary>
    public object? Alpha { get; }
}
