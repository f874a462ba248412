namespace NetGen;

/// <summary>A learning rate: a fixed number, or a <see cref="NetGen.Schedule"/> over the optimizer's steps. Both convert implicitly.</summary>
public readonly struct LearningRate
{
    private readonly double _value;

    /// <summary>A fixed learning rate.</summary>
    /// <param name="value">A finite number that is not negative; with 0 nothing is learned.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative, infinite or NaN.</exception>
    public LearningRate(double value)
    {
        Check(value, "learningRate");
        _value = value;
    }

    /// <summary>A learning rate that follows a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    public LearningRate(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Schedule = schedule;
    }

    /// <summary>The schedule, or null where the rate is a fixed number.</summary>
    public Schedule? Schedule { get; }

    /// <summary>The rate of the step that follows <paramref name="iteration"/> finished steps.</summary>
    /// <param name="iteration">The number of finished steps, 0 at first.</param>
    /// <exception cref="InvalidOperationException">The schedule gives a negative number, infinity or NaN.</exception>
    public double At(long iteration)
    {
        if (Schedule is null)
            return _value;
        double value = Schedule.At(iteration);
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new InvalidOperationException(
                $"The schedule {Schedule.GetType().Name} gives a learning rate of {Arguments.Format(value)} at step {iteration}; expected a finite number that is not negative.");
        }
        return value;
    }

    /// <summary>A fixed learning rate.</summary>
    public static implicit operator LearningRate(double value) => new(value);

    /// <summary>A fixed learning rate.</summary>
    public static implicit operator LearningRate(float value) => new(value);

    /// <summary>A learning rate that follows a schedule.</summary>
    public static implicit operator LearningRate(Schedule schedule) => new(schedule);

    /// <summary>The number, or the schedule's name.</summary>
    public override string ToString() => Schedule?.GetType().Name ?? Arguments.Format(_value);

    internal static void Check(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "A learning rate must be a finite number that is not negative.");
    }
}
