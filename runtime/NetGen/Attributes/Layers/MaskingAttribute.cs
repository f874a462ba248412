namespace NetGen;

/// <summary>Masks the time steps whose features all equal a value, and sets them to 0; layers that know masks pass over them.</summary>
public sealed class MaskingAttribute : LayerAttribute
{
    /// <summary>The value 0.</summary>
    public MaskingAttribute()
    {
    }

    /// <summary>With constants.</summary>
    /// <param name="maskValue">The value.</param>
    public MaskingAttribute(double maskValue) => this.MaskValue = maskValue;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="maskValue">The value.</param>
    public MaskingAttribute(object maskValue) => this.MaskValue = maskValue;

    /// <summary>The value; 0 unless given.</summary>
    public object? MaskValue { get; }
}
