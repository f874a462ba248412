namespace NetGen;

/// <summary>
/// Half a cosine from the initial rate down to <c>alpha</c> times it (Loshchilov and Hutter, 2016), after a linear warm-up if wanted
/// (Goyal et al., 2017).
/// </summary>
public sealed class CosineDecay : Schedule
{
    private readonly double _initialLearningRate;
    private readonly long _decaySteps;
    private readonly double _alpha;
    private readonly double? _warmupTarget;
    private readonly long _warmupSteps;

    /// <summary>Sets up the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">The number of steps of the decay, which follow those of the warm-up.</param>
    /// <param name="alpha">The last rate as a fraction of the one that the decay starts from.</param>
    /// <param name="warmupTarget">The rate at the end of the warm-up, from which the decay starts; null for no warm-up.</param>
    /// <param name="warmupSteps">The number of steps of the warm-up.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The rate that the decay starts from is 0, a rate, <paramref name="alpha"/> or <paramref name="warmupSteps"/> is negative or not finite, or <paramref name="decaySteps"/> is not positive.
    /// </exception>
    public CosineDecay(double initialLearningRate, long decaySteps, double alpha = 0.0, double? warmupTarget = null, long warmupSteps = 0)
    {
        // A warm-up may begin at 0; what never leaves it trains nothing.
        _initialLearningRate = warmupTarget is null
            ? Arguments.Positive(initialLearningRate, nameof(initialLearningRate))
            : Arguments.NotNegative(initialLearningRate, nameof(initialLearningRate));
        _decaySteps = Arguments.Positive(decaySteps, nameof(decaySteps));
        _alpha = Arguments.NotNegative(alpha, nameof(alpha));
        _warmupTarget = warmupTarget is { } target ? Arguments.Positive(target, nameof(warmupTarget)) : null;
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        _warmupSteps = warmupSteps;
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (_warmupTarget is not { } target)
            return Decay(_initialLearningRate, step);
        return step < _warmupSteps
            ? ((target - _initialLearningRate) * step / _warmupSteps) + _initialLearningRate
            : Decay(target, step - _warmupSteps);
    }

    private double Decay(double from, long step)
    {
        double fraction = (double)Math.Min(step, _decaySteps) / _decaySteps;
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * fraction));
        return from * (((1 - _alpha) * cosine) + _alpha);
    }
}
