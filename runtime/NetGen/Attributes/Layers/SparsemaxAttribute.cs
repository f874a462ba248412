namespace NetGen;

/// <summary>The projection of x onto the probability simplex along axes (Martins and Astudillo 2016).</summary>
public sealed class SparsemaxAttribute : LayerAttribute
{
    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; set; }
}
