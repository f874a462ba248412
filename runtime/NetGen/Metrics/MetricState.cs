namespace NetGen;

/// <summary>The running state of a metric over the batches of an epoch. The trainer owns it; it is not thread-safe.</summary>
public abstract class MetricState
{
    /// <summary>How many numbers the result has: 1 unless several thresholds or outputs were asked for.</summary>
    public virtual int ResultLength => 1;

    /// <summary>The result so far; 0 before the first update, where Keras has 0. Of several numbers, the first.</summary>
    public double Result => ResultAt(0);

    /// <summary>One number of the result so far.</summary>
    /// <param name="index">Which, below <see cref="ResultLength"/>.</param>
    public abstract double ResultAt(int index);

    /// <summary>Takes in a batch.</summary>
    /// <param name="input">Predictions, targets, weights and mask.</param>
    /// <exception cref="ArgumentException">A shape does not fit the metric.</exception>
    public abstract void Update(in LossInput input);

    /// <summary>Forgets all batches.</summary>
    public abstract void Reset();
}
