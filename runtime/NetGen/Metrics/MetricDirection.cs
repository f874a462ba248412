namespace NetGen;

/// <summary>Which way a metric gets better, for callbacks that watch it.</summary>
public enum MetricDirection
{
    /// <summary>It cannot be said.</summary>
    Unknown,

    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
