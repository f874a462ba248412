namespace NetGen;

/// <summary>What <see cref="Adam"/> and its kin have in common: a mean of the gradients that forgets, by which steps go, and a measure of their size that forgets too, by which steps are divided.</summary>
public abstract class AdaptiveMoments : Optimizer
{
    /// <summary>Sets the learning rate.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    protected AdaptiveMoments(LearningRate learningRate) : base(learningRate) { }

    /// <summary>How slowly the mean of the gradients forgets: from 0 up to, but not including, 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta1
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Beta1));
    } = 0.9;

    /// <summary>How slowly the measure of their size forgets: from 0 up to, but not including, 1; 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta2
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Beta2));
    } = 0.999;

    /// <summary>What is added to the divisor; 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-7;

    /// <summary><c>momentum</c> and <c>velocity</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];
}
