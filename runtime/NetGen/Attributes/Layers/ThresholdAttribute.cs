namespace NetGen;

/// <summary>x above a value, a default elsewhere.</summary>
public sealed class ThresholdAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="value">The threshold.</param>
    /// <param name="defaultValue">What stands for x up to it.</param>
    public ThresholdAttribute(double value, double defaultValue)
    {
        this.Value = value;
        this.DefaultValue = defaultValue;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="value">The threshold.</param>
    /// <param name="defaultValue">What stands for x up to it.</param>
    public ThresholdAttribute(object value, object defaultValue)
    {
        this.Value = value;
        this.DefaultValue = defaultValue;
    }

    /// <summary>The threshold.</summary>
    public object Value { get; }

    /// <summary>What stands for x up to it.</summary>
    public object DefaultValue { get; }
}
