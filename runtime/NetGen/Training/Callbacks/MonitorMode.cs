namespace NetGen;

/// <summary>Which way a watched result gets better.</summary>
public enum MonitorMode
{
    /// <summary>As the loss or metric itself says: losses and errors down, accuracies up.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
