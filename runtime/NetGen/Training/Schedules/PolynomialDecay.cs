namespace NetGen;

/// <summary>
/// <c>(initialLearningRate - endLearningRate) * (1 - step / decaySteps)^power + endLearningRate</c>, which stays at the end rate, or with
/// <c>cycle</c> starts again on a period of twice, three times... the length.
/// </summary>
public sealed class PolynomialDecay : Schedule
{
    private readonly double _initialLearningRate;
    private readonly long _decaySteps;
    private readonly double _endLearningRate;
    private readonly double _power;
    private readonly bool _cycle;

    /// <summary>Sets up the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">The number of steps until <paramref name="endLearningRate"/>.</param>
    /// <param name="endLearningRate">The last rate.</param>
    /// <param name="power">The power of the polynomial; 1 is a straight line.</param>
    /// <param name="cycle">
    /// Whether the rate goes on falling after <paramref name="decaySteps"/>, on the smallest multiple of them that reaches the step.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The initial rate is 0, a rate or <paramref name="power"/> is negative or not finite, or <paramref name="decaySteps"/> is not positive.
    /// </exception>
    public PolynomialDecay(
        double initialLearningRate, long decaySteps, double endLearningRate = 0.0001, double power = 1.0, bool cycle = false)
    {
        _initialLearningRate = Arguments.Positive(initialLearningRate, nameof(initialLearningRate));
        _decaySteps = Arguments.Positive(decaySteps, nameof(decaySteps));
        _endLearningRate = Arguments.NotNegative(endLearningRate, nameof(endLearningRate));
        _power = Arguments.NotNegative(power, nameof(power));
        _cycle = cycle;
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double periods = (double)step / _decaySteps;
        double fraction = _cycle ? periods / Math.Max(1, Math.Ceiling(periods)) : Math.Min(periods, 1);
        return ((_initialLearningRate - _endLearningRate) * Math.Pow(1 - fraction, _power)) + _endLearningRate;
    }
}
