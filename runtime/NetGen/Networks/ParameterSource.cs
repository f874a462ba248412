namespace NetGen;

/// <summary>Where inference's Prepare finds the parameters that are not kept.</summary>
internal abstract unsafe class ParameterSource
{
    /// <summary>The first element of a parameter, in its layout; it stays there until it is released.</summary>
    public abstract float* Get(int index);

    /// <summary>Copies a parameter into memory whose pad lanes are zero.</summary>
    public abstract void Read(int index, Span<float> destination);

    /// <summary>Nobody reads the parameter any more.</summary>
    public abstract void Release(int index);
}
