namespace NetGen;

/// <summary>
/// Cosine decay that starts again, each period <c>tMul</c> times as long and from a rate <c>mMul</c> times as high as the one before (SGDR;
/// Loshchilov and Hutter, 2016).
/// </summary>
public sealed class CosineDecayRestarts : Schedule
{
    private readonly double _initialLearningRate;
    private readonly long _firstDecaySteps;
    private readonly double _tMul;
    private readonly double _mMul;
    private readonly double _alpha;

    /// <summary>Sets up the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="firstDecaySteps">The number of steps of the first period.</param>
    /// <param name="tMul">What multiplies the length from one period to the next; at least 1.</param>
    /// <param name="mMul">What multiplies the first rate from one period to the next.</param>
    /// <param name="alpha">The last rate as a fraction of <paramref name="initialLearningRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The initial rate is 0, a number is negative or not finite, <paramref name="firstDecaySteps"/> is not positive, or <paramref name="tMul"/> is below 1.
    /// </exception>
    public CosineDecayRestarts(
        double initialLearningRate, long firstDecaySteps, double tMul = 2.0, double mMul = 1.0, double alpha = 0.0)
    {
        _initialLearningRate = Arguments.Positive(initialLearningRate, nameof(initialLearningRate));
        _firstDecaySteps = Arguments.Positive(firstDecaySteps, nameof(firstDecaySteps));
        if (!(tMul >= 1 && double.IsFinite(tMul)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(tMul), tMul, $"tMul is {Arguments.Format(tMul)}; expected a finite number of at least 1, for shorter and shorter periods have an end.");
        }
        _tMul = tMul;
        _mMul = Arguments.NotNegative(mMul, nameof(mMul));
        _alpha = Arguments.NotNegative(alpha, nameof(alpha));
    }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double periods = (double)step / _firstDecaySteps;
        double restarts = CountRestarts(periods);
        double fraction = _tMul == 1 ? periods - restarts : (periods - Start(restarts)) / Math.Pow(_tMul, restarts);
        double cosine = 0.5 * Math.Pow(_mMul, restarts) * (1 + Math.Cos(Math.PI * fraction));
        return _initialLearningRate * (((1 - _alpha) * cosine) + _alpha);
    }

    private double CountRestarts(double periods)
    {
        if (_tMul == 1)
            return Math.Floor(periods);
        // The sum of the first n lengths is (tMul^n - 1) / (tMul - 1). The logarithm may round across a boundary; there the sum itself decides.
        double restarts = Math.Floor(Math.Log(1 + (periods * (_tMul - 1))) / Math.Log(_tMul));
        if (Start(restarts + 1) <= periods)
            return restarts + 1;
        return Start(restarts) > periods ? restarts - 1 : restarts;
    }

    /// <summary>Where a period begins, in lengths of the first one.</summary>
    private double Start(double restarts) => (Math.Pow(_tMul, restarts) - 1) / (_tMul - 1);
}
