namespace NetGen;

/// <summary>exp(x) / sum(exp(x)) along axes.</summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; set; }

    /// <summary>The name of an output of the input's shape; where it is 0, an element counts for nothing.</summary>
    public string? Mask { get; set; }
}
