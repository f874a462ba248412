namespace NetGen;

/// <summary>x above 0, negativeSlope x elsewhere.</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>A slope of 0.3.</summary>
    public LeakyReLUAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="negativeSlope">The slope below 0.</param>
    public LeakyReLUAttribute(double negativeSlope) => this.NegativeSlope = negativeSlope;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="negativeSlope">The slope below 0.</param>
    public LeakyReLUAttribute(object negativeSlope) => this.NegativeSlope = negativeSlope;

    /// <summary>The slope below 0; 0.3 unless given.</summary>
    public object? NegativeSlope { get; }
}
