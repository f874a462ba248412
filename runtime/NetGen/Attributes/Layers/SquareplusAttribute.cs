namespace NetGen;

/// <summary>(x + sqrt(x² + b)) / 2.</summary>
public sealed class SquareplusAttribute : LayerAttribute
{
    /// <summary>A smoothness of 4.</summary>
    public SquareplusAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="b">The smoothness.</param>
    public SquareplusAttribute(double b) => this.B = b;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="b">The smoothness.</param>
    public SquareplusAttribute(object b) => this.B = b;

    /// <summary>The smoothness; 4 unless given.</summary>
    public object? B { get; }
}
