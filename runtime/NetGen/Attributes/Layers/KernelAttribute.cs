namespace NetGen;

/// <summary>A layer whose products have a kernel and a bias, which may be left out, or several of each.</summary>
public abstract class KernelAttribute : KernelWeightsAttribute
{
    private protected KernelAttribute()
    {
    }

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }
}
