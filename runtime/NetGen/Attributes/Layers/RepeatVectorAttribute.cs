namespace NetGen;

/// <summary>(batch, features) repeated over time: (batch, n, features).</summary>
public sealed class RepeatVectorAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="n">How many times.</param>
    public RepeatVectorAttribute(int n) => this.N = n;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="n">How many times.</param>
    public RepeatVectorAttribute(object n) => this.N = n;

    /// <summary>Over the time of another output.</summary>
    public RepeatVectorAttribute()
    {
    }

    /// <summary>How many times.</summary>
    public object? N { get; }

    /// <summary>The name of an output over whose time it is repeated, in place of n.</summary>
    public string? TimeOf { get; set; }
}
