namespace NetGen;

/// <summary><c>initialLearningRate * decayRate^(step / decaySteps)</c>.</summary>
public sealed class ExponentialDecay : Schedule
{
    private readonly double _initialLearningRate;
    private readonly long _decaySteps;
    private readonly double _decayRate;
    private readonly bool _staircase;

    /// <summary>Sets up the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">The number of steps in which the rate falls by the factor <paramref name="decayRate"/>.</param>
    /// <param name="decayRate">The factor.</param>
    /// <param name="staircase">Whether the exponent is rounded down, so that the rate falls once every <paramref name="decaySteps"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The initial rate is 0, a rate is negative or not finite, or <paramref name="decaySteps"/> is not positive.</exception>
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate, bool staircase = false)
    {
        _initialLearningRate = Arguments.Positive(initialLearningRate, nameof(initialLearningRate));
        _decaySteps = Arguments.Positive(decaySteps, nameof(decaySteps));
        _decayRate = Arguments.NotNegative(decayRate, nameof(decayRate));
        _staircase = staircase;
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double periods = (double)step / _decaySteps;
        return _initialLearningRate * Math.Pow(_decayRate, _staircase ? Math.Floor(periods) : periods);
    }
}
