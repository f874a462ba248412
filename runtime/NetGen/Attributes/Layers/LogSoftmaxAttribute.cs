namespace NetGen;

/// <summary>x - log(sum(exp(x))) along axes.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>An axis or an array of axes that are taken as one; the last unless given.</summary>
    public object? Axis { get; set; }
}
