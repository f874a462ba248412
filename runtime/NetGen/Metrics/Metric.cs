namespace NetGen;

/// <summary>
/// A metric: what training reports. It is an immutable description; <see cref="CreateState"/> makes the running state. Names, arguments
/// and values follow Keras 3, except that a single weight holds for every sample rather than for the batch as one.
/// </summary>
public abstract partial class Metric
{
    /// <summary>Describes a metric.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="direction">Which way it gets better.</param>
    protected Metric(string name, MetricDirection direction)
    {
        Name = name;
        Direction = direction;
    }

    /// <summary>The name in reports, in Keras's form: <c>binary_accuracy</c>.</summary>
    public string Name { get; }

    /// <summary>Which way the metric gets better.</summary>
    public MetricDirection Direction { get; }

    /// <summary>Makes the running state for an output.</summary>
    /// <param name="predictionShape">The shape of one sample of the predictions, without the batch axis.</param>
    /// <param name="targetShape">The shape of one sample of the targets, without the batch axis.</param>
    /// <exception cref="ArgumentException">The metric is not for such shapes.</exception>
    public abstract MetricState CreateState(ReadOnlySpan<int> predictionShape, ReadOnlySpan<int> targetShape);
}
