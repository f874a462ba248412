namespace NetGen;

/// <summary>x above 0, alpha (exp(x) - 1) elsewhere.</summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>An alpha of 1.</summary>
    public ELUAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="alpha">The slope's scale.</param>
    public ELUAttribute(double alpha) => this.Alpha = alpha;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="alpha">The slope's scale.</param>
    public ELUAttribute(object alpha) => this.Alpha = alpha;

    /// <summary>The slope's scale; 1 unless given.</summary>
    public object? Alpha { get; }
}
