namespace NetGen;

/// <summary>
/// The running state of a metric over the batches of an epoch: <see cref="Totals"/>, which a checkpoint within an epoch keeps, and nothing else. The trainer owns it; it is not thread-safe.
/// </summary>
public abstract class MetricState
{
    private readonly double[] totals;

    /// <summary>Makes the state of no batch.</summary>
    /// <param name="totals">How many numbers it consists of; each is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    protected MetricState(int totals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totals);
        this.totals = new double[totals];
    }

    /// <summary>Makes a state of numbers that lie elsewhere.</summary>
    internal MetricState(double[] totals) => this.totals = totals;

    /// <summary>The sums and counts of which the state consists.</summary>
    protected internal Span<double> Totals => totals;

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
    public void Reset() => Totals.Clear();
}
